package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.Values;
import sungu.conformance.tensorflow.TfOperations;
import sungu.gradient.GradientTape;
import sungu.tensor.Tensor;

import java.util.List;

/** Cases of TensorFlow's functions: {@code tf_op}, {@code tf_op_grad}. */
final class StructureCases {
    private StructureCases() {}

    static void replay(Case recorded) {
        var operation = TfOperations.require(recorded.text("op"));
        var got = operation.call(Values.results().entries(recorded.object("params")));
        if (!recorded.raises()) {
            new Comparison(recorded.tolerance())
                    .check("out", got, Values.results().decode(recorded.field("out")));
        }
    }

    static void replayGradient(Case recorded) {
        var operation = TfOperations.require(recorded.text("op"));
        var params = Values.results().entries(recorded.object("params"));
        var sources = Leaves.tensors(params);
        List<@Nullable Tensor> gradients;
        try (var tape = new GradientTape()) {
            Leaves.watch(tape, params);
            var out = operation.call(params);
            gradients = Leaves.gradients(tape, out, recorded.field("cotangent"), sources);
        }
        Leaves.checkGradients(recorded, params, sources, gradients);
    }
}
