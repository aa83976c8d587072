package sungu.conformance;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One recorded case.
 *
 * @param fields the JSON object as a plain tree
 * @param file where it was read from
 */
public record Case(Map<String, @Nullable Object> fields, Path file) {
    /** Its kind, such as {@code op}. */
    public String kind() {
        return text("kind");
    }

    /** Its unique id. */
    public String id() {
        return text("id");
    }

    /** What it is about: the op, function or class, or the name of a training or model. */
    public String name() {
        for (var key : List.of("op", "fn", "class")) {
            if (fields.get(key) instanceof String name) {
                return name.startsWith("keras.") ? name.substring("keras.".length()) : name;
            }
        }
        if (fields.get("name") instanceof String name) {
            return name;
        }
        if (fields.get("config") instanceof Map<?, ?> config
                && config.get("class_name") instanceof String name) {
            return name;
        }
        return kind();
    }

    /** Whether the recorded result is an error. */
    public boolean raises() {
        return fields.containsKey("raises");
    }

    /** Whether there is such a field that is not null. */
    public boolean has(String field) {
        return fields.get(field) != null;
    }

    /** A field as it is in the tree. */
    public @Nullable Object field(String field) {
        return fields.get(field);
    }

    /** A field that must be there. */
    public Object required(String field) {
        var value = fields.get(field);
        if (value == null) {
            throw new Unsupported("the case has no field '" + field + "'");
        }
        return value;
    }

    /** A text field. */
    public String text(String field) {
        return (String) required(field);
    }

    /** A field that holds an object; empty if it is not there. */
    public Map<String, @Nullable Object> object(String field) {
        return fields.get(field) instanceof Map<?, ?> map ? JsonTree.strings(map) : Map.of();
    }

    /** A field that holds a list; empty if it is not there. */
    public List<?> list(String field) {
        return fields.get(field) instanceof List<?> list ? list : List.of();
    }

    /** The suggested tolerance for floats. */
    public Tolerance tolerance() {
        return new Tolerance(number("rtol", 1e-5), number("atol", 1e-6));
    }

    private double number(String field, double otherwise) {
        return fields.get(field) instanceof Number number ? number.doubleValue() : otherwise;
    }
}
