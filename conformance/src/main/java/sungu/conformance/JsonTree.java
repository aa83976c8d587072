package sungu.conformance;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON text as a plain tree: null, Boolean, Long (BigInteger where a long is too short), Double,
 * String, List, Map; and back.
 *
 * <p>Numbers keep their form: {@code 2} is a Long and {@code 2.0} a Double, because Keras promotes
 * the two differently.
 */
public final class JsonTree {
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(1 << 30)
                                    .maxNestingDepth(5000)
                                    .build())
                    .build();

    private JsonTree() {}

    /** Reads one JSON object. */
    public static Map<String, @Nullable Object> object(String text) {
        if (parse(text) instanceof Map<?, ?> map) {
            return strings(map);
        }
        throw new IllegalArgumentException(
                "not a JSON object: " + text.substring(0, Math.min(60, text.length())));
    }

    /** Reads one JSON value. */
    public static @Nullable Object parse(String text) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case JsonToken.VALUE_NULL -> null;
            case JsonToken.VALUE_TRUE -> true;
            case JsonToken.VALUE_FALSE -> false;
            case JsonToken.VALUE_STRING -> parser.getString();
            case JsonToken.VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case JsonToken.VALUE_NUMBER_INT ->
                    parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                            ? parser.getBigIntegerValue()
                            : (Object) parser.getLongValue();
            case JsonToken.START_ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case JsonToken.START_OBJECT -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var key = parser.currentName();
                    parser.nextToken();
                    map.put(key, value(parser));
                }
                yield map;
            }
            default ->
                    throw new IllegalArgumentException(
                            "unexpected JSON token " + parser.currentToken());
        };
    }

    /** The same map with its keys known to be strings. */
    @SuppressWarnings("unchecked") // keys of a parsed object are strings
    public static Map<String, @Nullable Object> strings(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    /** Writes a plain tree as JSON text in one line. */
    public static String write(@Nullable Object tree) {
        var out = new StringBuilder();
        write(tree, out);
        return out.toString();
    }

    private static void write(@Nullable Object tree, StringBuilder out) {
        switch (tree) {
            case Map<?, ?> map -> {
                out.append('{');
                map.forEach((key, value) -> {
                    out.append(out.charAt(out.length() - 1) == '{' ? "" : ", ");
                    quote(String.valueOf(key), out);
                    out.append(": ");
                    write(value, out);
                });
                out.append('}');
            }
            case List<?> list -> {
                out.append('[');
                for (int i = 0; i < list.size(); i++) {
                    out.append(i == 0 ? "" : ", ");
                    write(list.get(i), out);
                }
                out.append(']');
            }
            case Double number when number.isNaN() || number.isInfinite() ->
                    quote(number.toString(), out);
            case Number number -> out.append(number);
            case Boolean flag -> out.append(flag);
            case null -> out.append("null");
            default -> quote(tree.toString(), out);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
