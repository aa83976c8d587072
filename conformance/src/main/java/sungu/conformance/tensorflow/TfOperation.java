package sungu.conformance.tensorflow;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A TensorFlow function by its name: what Sungu has for it, one row for each sort of arguments. */
public interface TfOperation {
    /** What a row does with the arguments. */
    interface Body {
        @Nullable Object run(TfArguments arguments);
    }

    /**
     * Calls it with arguments by parameter name.
     *
     * @throws sungu.conformance.Unsupported if no row takes such arguments
     */
    @Nullable Object call(Map<String, @Nullable Object> arguments);

    /** Calls it with arguments by position. */
    @Nullable Object call(List<? extends @Nullable Object> arguments);

    /**
     * A row of a table.
     *
     * @param name TensorFlow's qualified name
     * @param parameters the names of the parameters in order
     * @param only a class that one of the arguments, or of their items, must have; null for none
     */
    record Row(String name, List<String> parameters, @Nullable Class<?> only, Body body) {
        /** A row from {@code name(parameter, parameter)}. */
        static Row of(String signature, @Nullable Class<?> only, Body body) {
            int open = signature.indexOf('(');
            var inner = signature.substring(open + 1, signature.length() - 1);
            var parameters =
                    inner.isBlank()
                            ? List.<String>of()
                            : Arrays.stream(inner.split(",")).map(String::strip).toList();
            return new Row(signature.substring(0, open), parameters, only, body);
        }

        /** Whether the row has all these parameters and takes arguments of these classes. */
        boolean takes(Map<String, @Nullable Object> arguments) {
            return parameters.containsAll(arguments.keySet())
                    && (only == null || arguments.values().stream().anyMatch(this::isOne));
        }

        private boolean isOne(@Nullable Object value) {
            return value instanceof List<?> list
                    ? list.stream().anyMatch(this::isOne)
                    : only != null && only.isInstance(value);
        }
    }

    /** The rows of one family. */
    interface Table {
        /** Adds a row for all arguments. */
        default void row(String signature, Body body) {
            row(signature, null, body);
        }

        /** Adds a row for calls in which an argument, or an item of one, is of a class. */
        void row(String signature, @Nullable Class<?> only, Body body);
    }
}
