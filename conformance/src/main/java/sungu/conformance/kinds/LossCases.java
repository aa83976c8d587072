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

import java.util.List;

/**
 * Cases of kind {@code loss}: a Loss object or a loss function, its value and the gradient by the
 * predictions.
 */
final class LossCases {
    private LossCases() {}

    static void replay(Case recorded) {
        if (recorded.has("fn")) {
            function(recorded);
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
        Tensor out;
        List<@Nullable Tensor> gradients = List.of();
        try (var tape = new GradientTape()) {
            Leaves.watch(tape, yPred);
            out = loss.apply(yTrue, yPred, weight);
            if (recorded.has("cotangent")) {
                gradients =
                        Leaves.gradients(tape, out, recorded.field("cotangent"), List.of(yPred));
            }
        }
        check(recorded, out, gradients);
    }

    private static @Nullable Tensor argument(Case recorded, String field) {
        return Leaves.tensor(Things.arguments().decode(recorded.field(field)));
    }

    private static void function(Case recorded) {
        var operation = OperationCases.operation(recorded);
        var params = Things.arguments().entries(recorded.object("params"));
        @Nullable Object out;
        List<@Nullable Tensor> gradients = List.of();
        try (var tape = new GradientTape()) {
            var yPred = params.get("y_pred");
            Leaves.watch(tape, yPred);
            out = operation.call(params);
            if (recorded.has("cotangent") && yPred instanceof Tensor source) {
                gradients =
                        Leaves.gradients(tape, out, recorded.field("cotangent"), List.of(source));
            }
        }
        check(recorded, out, gradients);
    }

    private static void check(
            Case recorded, @Nullable Object out, List<@Nullable Tensor> gradients) {
        if (recorded.raises()) {
            return;
        }
        var comparison = new Comparison(recorded.tolerance());
        comparison.check("out", out, Values.results().decode(recorded.field("out")));
        if (!gradients.isEmpty()) {
            Leaves.checkGradient(
                    comparison,
                    "grads.y_pred",
                    gradients.getFirst(),
                    Values.results().decode(recorded.object("grads").get("y_pred")));
        }
    }
}
