package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How a case is run: eagerly, or as a traced and compiled function of its tensors. */
enum Execution {
    EAGER {
        @Override
        @Nullable Object run(
                @Nullable Object arguments, Function<@Nullable Object, @Nullable Object> body) {
            return body.apply(arguments);
        }
    },
    TRACED {
        @Override
        @Nullable Object run(
                @Nullable Object arguments, Function<@Nullable Object, @Nullable Object> body) {
            var inputs = tensors(arguments);
            var form = new @Nullable Object[1];
            var traced =
                    TracedFunction.of(
                            "case",
                            tensors -> {
                                var next = new int[1];
                                form[0] =
                                        body.apply(
                                                Arguments.map(
                                                        arguments,
                                                        tensor ->
                                                                tensors[next[0]++].withMask(
                                                                        tensor.mask())));
                                return tensors(form[0]).toArray(Tensor[]::new);
                            });
            var results = traced.call(inputs.toArray(Tensor[]::new));
            var next = new int[1];
            return Arguments.map(form[0], tensor -> results[next[0]++]);
        }
    };

    /** What a function gives for nested arguments: the same structure with each tensor computed. */
    abstract @Nullable Object run(
            @Nullable Object arguments, Function<@Nullable Object, @Nullable Object> body);

    private static List<Tensor> tensors(@Nullable Object nested) {
        var found = new ArrayList<Tensor>();
        var _ =
                Arguments.map(
                        nested,
                        tensor -> {
                            found.add(tensor);
                            return tensor;
                        });
        return found;
    }
}
