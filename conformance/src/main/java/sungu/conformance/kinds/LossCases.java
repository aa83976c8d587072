package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.gradient.GradientTape;
import sungu.keras.losses.Loss;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Cases of kind {@code loss}: a Loss object or a loss function, its value and the gradient by the
 * predictions.
 */
final class LossCases {
    private LossCases() {}

    static void replay(Case recorded, Execution execution) {
        if (recorded.has("fn")) {
            function(recorded, execution);
            return;
        }
        var loss = Things.make(recorded.field("config"), Loss.class);
        if (recorded.has("dtype")) {
            if (!(loss instanceof Loss.Of<?> settable)) {
                throw new Unsupported("a loss of another dtype");
            }
            settable.dtype(DType.of(recorded.text("dtype")));
        }
        var yTrue = argument(recorded, "y_true");
        var plain = argument(recorded, "y_pred");
        if (yTrue == null || plain == null) {
            throw new Unsupported("a loss without targets or predictions");
        }
        var mask = argument(recorded, "y_pred_mask");
        var yPred = mask == null ? plain : plain.withMask(mask);
        var weight = argument(recorded, "sample_weight");
        var results =
                execution.run(
                        java.util.Arrays.asList(yTrue, yPred, weight),
                        arguments -> {
                            var given = (List<?>) java.util.Objects.requireNonNull(arguments);
                            return outAndGradient(
                                    recorded,
                                    given.get(1),
                                    () ->
                                            loss.apply(
                                                    tensor(given.get(0)),
                                                    tensor(given.get(1)),
                                                    (Tensor) given.get(2)));
                        });
        check(recorded, results);
    }

    private static Tensor tensor(@Nullable Object tensor) {
        return (Tensor) java.util.Objects.requireNonNull(tensor);
    }

    /** The value of a loss, and its gradient by the predictions where one is recorded. */
    private static List<@Nullable Object> outAndGradient(
            Case recorded, @Nullable Object yPred, Supplier<@Nullable Object> body) {
        var results = new ArrayList<@Nullable Object>();
        try (var tape = new GradientTape()) {
            Leaves.watch(tape, yPred);
            var out = body.get();
            results.add(out);
            if (recorded.has("cotangent") && yPred instanceof Tensor source) {
                results.addAll(
                        Leaves.gradients(tape, out, recorded.field("cotangent"), List.of(source)));
            }
        }
        return results;
    }

    private static @Nullable Tensor argument(Case recorded, String field) {
        return Leaves.tensor(Things.arguments().decode(recorded.field(field)));
    }

    private static void function(Case recorded, Execution execution) {
        var operation = OperationCases.operation(recorded);
        var results =
                execution.run(
                        OperationCases.params(recorded, operation, execution),
                        arguments -> {
                            var params = OperationCases.entries(arguments);
                            return outAndGradient(
                                    recorded, params.get("y_pred"), () -> operation.call(params));
                        });
        check(recorded, results);
    }

    private static void check(Case recorded, @Nullable Object results) {
        if (recorded.raises() || !(results instanceof List<?> list)) {
            return;
        }
        var comparison = new Comparison(recorded.tolerance());
        comparison.check("out", list.getFirst(), Values.results().decode(recorded.field("out")));
        if (list.size() > 1) {
            Leaves.checkGradient(
                    comparison,
                    "grads.y_pred",
                    (Tensor) list.get(1),
                    Values.results().decode(recorded.object("grads").get("y_pred")));
        }
    }
}
