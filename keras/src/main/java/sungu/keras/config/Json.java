package sungu.keras.config;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Plain trees as JSON text and back. */
public final class Json {
    private static final class Holder {
        static final JsonMapper MAPPER =
                JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    }

    private Json() {}

    /** The tree of a text; NaN and Infinity are read as Python writes them. */
    public static @Nullable Object read(String text) {
        try {
            return Holder.MAPPER.readValue(text, Object.class);
        } catch (JacksonException e) {
            throw new TensorException("not JSON: " + e.getOriginalMessage());
        }
    }

    /** The text of a tree. */
    public static String write(@Nullable Object tree) {
        return Holder.MAPPER.writeValueAsString(tree);
    }
}
