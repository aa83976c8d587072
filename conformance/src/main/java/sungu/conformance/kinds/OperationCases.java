package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.gradient.GradientTape;
import sungu.keras.Arguments;
import sungu.keras.ops.Operation;
import sungu.keras.ops.Operations;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.TracedFunction;

import java.util.List;
import java.util.Map;

/** Cases of functions: {@code op}, {@code metric_fn}, {@code random}, {@code op_grad}. */
final class OperationCases {
    private OperationCases() {}

    static Operation operation(Case recorded) {
        var name = recorded.text(recorded.has("op") ? "op" : "fn");
        return find(name);
    }

    /** The operation of a qualified name. */
    static Operation find(String name) {
        try {
            return Operations.require(name);
        } catch (TensorException unknown) {
            throw new Unsupported("operation " + name);
        }
    }

    static void replay(Case recorded) {
        var operation = operation(recorded);
        var got = operation.call(Things.arguments().entries(recorded.object("params")));
        if (!recorded.raises()) {
            new Comparison(recorded.tolerance())
                    .check("out", got, Values.results().decode(recorded.field("out")));
        }
    }

    static void replayGradient(Case recorded) {
        var operation = operation(recorded);
        var params = Things.arguments().entries(recorded.object("params"));
        @Nullable Object out;
        var sources = Leaves.tensors(params);
        List<@Nullable Tensor> gradients;
        try (var tape = new GradientTape()) {
            Leaves.watch(tape, params);
            out = operation.call(params);
            gradients = Leaves.gradients(tape, out, recorded.field("cotangent"), sources);
        }
        Leaves.checkGradients(recorded, params, sources, gradients);
    }

    /** As {@link #replay}, as a traced function of the tensors among the arguments. */
    static void replayTraced(Case recorded) {
        var operation = operation(recorded);
        var params = Things.arguments().entries(recorded.object("params"));
        var inputs = Leaves.tensors(params).toArray(Tensor[]::new);
        var form = new @Nullable Object[1];
        var traced =
                TracedFunction.of(
                        recorded.name(),
                        tensors -> {
                            form[0] = operation.call(replaced(params, List.of(inputs), tensors));
                            return Leaves.tensors(form[0]).toArray(Tensor[]::new);
                        });
        var results = traced.call(inputs);
        if (!recorded.raises()) {
            var next = new int[1];
            var got = Arguments.map(form[0], leaf -> results[next[0]++]);
            new Comparison(recorded.tolerance())
                    .check("traced out", got, Values.results().decode(recorded.field("out")));
        }
    }

    @SuppressWarnings("unchecked") // the same map with other leaves
    private static Map<String, @Nullable Object> replaced(
            Map<String, @Nullable Object> params, List<Tensor> before, Tensor[] after) {
        return (Map<String, @Nullable Object>)
                java.util.Objects.requireNonNull(
                        Arguments.map(params, leaf -> after[Leaves.indexOf(before, leaf)]));
    }
}
