package sungu.keras.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sungu.tensor.DType;
import sungu.tensor.TensorException;

/**
 * In which dtype a layer computes and in which it keeps its weights: a dtype's name for both, or {@code mixed_float16} or {@code
 * mixed_bfloat16} for computing in 16 bits with float32 weights.
 */
public record DTypePolicy(String name, DType computeDtype, DType variableDtype) {
    /** The form in configs. */
    public static final Codec<DTypePolicy> CODEC = Codecs.of("a dtype policy", DTypePolicy::tree, DTypePolicy::read);

    /** The policy of that name. */
    public static DTypePolicy of(String name) {
        return switch (name) {
            case "mixed_float16" -> new DTypePolicy(name, DType.FLOAT16, DType.FLOAT32);
            case "mixed_bfloat16" -> new DTypePolicy(name, DType.BFLOAT16, DType.FLOAT32);
            default -> {
                var dtype = DType.of(name);
                yield new DTypePolicy(dtype.label(), dtype, dtype);
            }
        };
    }

    private Map<String, @Nullable Object> tree() {
        return Serialization.object("keras", "DTypePolicy", new LinkedHashMap<>(Map.of("name", name)), null);
    }

    private static DTypePolicy read(Object tree) {
        if (tree instanceof String name) {
            return of(name);
        }
        if (tree instanceof Map<?, ?> map && map.get("config") instanceof Map<?, ?> config && config.get("name") instanceof String name) {
            var className = map.get("class_name");
            if (!"DTypePolicy".equals(className) && !"FloatDTypePolicy".equals(className)) {
                throw new TensorException("dtype policy '" + className + "' is not available", "quantized policies have no counterpart here");
            }
            return of(name);
        }
        throw Codecs.expected("a dtype policy", tree);
    }

    @Override
    public String toString() {
        return name;
    }
}
