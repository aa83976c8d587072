package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.EagerOnly;
import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.gradient.GradientTape;
import sungu.keras.ops.Operation;
import sungu.keras.ops.Operations;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

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

    static void replay(Case recorded, Execution execution) {
        var operation = operation(recorded);
        var got =
                execution.run(
                        params(recorded, operation, execution),
                        params -> operation.call(entries(params)));
        if (!recorded.raises()) {
            new Comparison(recorded.tolerance())
                    .check("out", got, Values.results().decode(recorded.field("out")));
        }
    }

    /** The arguments of a case; calls that are marked as eager only are not traced. */
    static Map<String, @Nullable Object> params(
            Case recorded, Operation operation, Execution execution) {
        var params = Things.arguments().entries(recorded.object("params"));
        if (execution == Execution.TRACED) {
            var reason = operation.eagerOnly(params);
            if (reason != null) {
                throw new EagerOnly(reason);
            }
        }
        return params;
    }

    @SuppressWarnings("unchecked") // the map that goes in
    static Map<String, @Nullable Object> entries(@Nullable Object params) {
        return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(params);
    }

    static void replayGradient(Case recorded, Execution execution) {
        var operation = operation(recorded);
        var given = params(recorded, operation, execution);
        var sources = Leaves.tensors(given);
        var gradients =
                (List<?>)
                        java.util.Objects.requireNonNull(
                                execution.run(
                                        given,
                                        params -> gradients(recorded, operation, entries(params))));
        Leaves.checkGradients(recorded, given, sources, gradients);
    }

    private static List<@Nullable Tensor> gradients(
            Case recorded, Operation operation, Map<String, @Nullable Object> params) {
        try (var tape = new GradientTape()) {
            Leaves.watch(tape, params);
            var out = operation.call(params);
            return Leaves.gradients(tape, out, recorded.field("cotangent"), Leaves.tensors(params));
        }
    }
}
