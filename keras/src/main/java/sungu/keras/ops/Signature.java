package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The parameters of an operation, read from the form {@code name(x, y=None, *rest, | axis=-1,
 * keepdims=False)}. Those after the bar are kept in the config of a model; those before it, the
 * tensors, in its calls, as are those with a plus. One with a hash decides on shapes: its value
 * must be known when a function is traced.
 */
record Signature(String name, List<Parameter> parameters) {
    /** A parameter; {@code setting} ones stand in configs, {@code known} ones are never traced. */
    record Parameter(
            String name,
            boolean required,
            @Nullable Object fallback,
            boolean setting,
            boolean several,
            boolean known) {}

    static Signature parse(String text) {
        int open = text.indexOf('(');
        var parameters = new ArrayList<Parameter>();
        boolean setting = false;
        var inner = text.substring(open + 1, text.length() - 1);
        for (var part : inner.isBlank() ? new String[0] : inner.split(",")) {
            var item = part.trim();
            if (item.startsWith("|")) {
                setting = true;
                item = item.substring(1).trim();
            }
            boolean kept = setting && !item.startsWith("+");
            item = item.startsWith("+") ? item.substring(1) : item;
            boolean known = item.startsWith("#");
            item = known ? item.substring(1) : item;
            if (item.startsWith("*")) {
                boolean named = item.startsWith("**");
                parameters.add(
                        new Parameter(
                                item.substring(named ? 2 : 1),
                                false,
                                named ? Map.of() : List.of(),
                                kept,
                                !named,
                                false));
                continue;
            }
            int equals = item.indexOf('=');
            parameters.add(
                    equals < 0
                            ? new Parameter(item, true, null, kept, false, known)
                            : new Parameter(
                                    item.substring(0, equals),
                                    false,
                                    literal(item.substring(equals + 1)),
                                    kept,
                                    false,
                                    known));
        }
        return new Signature(text.substring(0, open), List.copyOf(parameters));
    }

    private static @Nullable Object literal(String text) {
        return switch (text) {
            case "None" -> null;
            case "True" -> true;
            case "False" -> false;
            default -> {
                if (text.startsWith("'")) {
                    yield text.substring(1, text.length() - 1);
                }
                yield text.contains(".") || text.contains("e")
                        ? (Object) Double.valueOf(text)
                        : (Object) Long.valueOf(text);
            }
        };
    }

    int index(String parameter) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name.equals(parameter)) {
                return i;
            }
        }
        return -1;
    }

    /** All arguments in order: those given by position, then those by name, then defaults. */
    @Nullable Object[] bind(
            List<? extends @Nullable Object> positional,
            Map<String, ? extends @Nullable Object> named) {
        var bound = new @Nullable Object[parameters.size()];
        int taken = 0;
        for (int i = 0; i < bound.length; i++) {
            var parameter = parameters.get(i);
            if (named.containsKey(parameter.name)) {
                bound[i] = named.get(parameter.name);
            } else if (parameter.several && taken < positional.size()) {
                bound[i] = new ArrayList<Object>(positional.subList(taken, positional.size()));
                taken = positional.size();
            } else if (taken < positional.size()) {
                bound[i] = positional.get(taken++);
            } else if (parameter.required) {
                throw new TensorException(
                        name + ": argument '" + parameter.name + "' is missing",
                        "call it as " + this);
            } else {
                bound[i] = parameter.fallback;
            }
        }
        if (taken < positional.size()) {
            throw new TensorException(
                    name + ": takes " + parameters.size() + " arguments, got " + positional.size(),
                    "call it as " + this);
        }
        for (var key : named.keySet()) {
            if (index(key) < 0) {
                throw new TensorException(
                        name + ": unknown argument '" + key + "'", "call it as " + this);
            }
        }
        return bound;
    }

    @Override
    public String toString() {
        var names = new ArrayList<String>();
        parameters.forEach(parameter ->
                names.add(
                        parameter.required
                                ? parameter.name
                                : parameter.name + "=" + parameter.fallback));
        return name + "(" + String.join(", ", names) + ")";
    }
}
