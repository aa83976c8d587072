package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.ReduceKernel;
import sungu.ops.Elements;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * Running sums, products, maxima or minima along an axis, as long as the input.
 *
 * @param exclusive whether an element itself is left out of its own result, so that the first
 *     result is the neutral element
 * @param reverse whether to run from the end
 */
public record Cumulative(Reduce.Fold fold, int axis, boolean exclusive, boolean reverse)
        implements Reduction {
    @Override
    public String label() {
        return "cumulative";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (inputs[0].dtype() == DType.STRING || inputs[0].dtype() == DType.BOOL) {
            throw new TensorException("cumulative " + fold + ": does not take " + inputs[0]);
        }
        inputs[0].shape().axis(axis);
        return inputs.clone();
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        ReduceKernel.cumulative(this, inputs[0], outputs[0]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(() ->
                switch (fold) {
                    case SUM ->
                            Reductions.cumulative(
                                    Reduce.Fold.SUM, g.d(), axis, exclusive, !reverse);
                    // As TensorFlow's: exact where no element is zero.
                    case PRODUCT ->
                            Elements.divideNoNan(
                                    Reductions.cumulative(
                                            Reduce.Fold.SUM,
                                            g.out().times(g.d()),
                                            axis,
                                            exclusive,
                                            !reverse),
                                    g.x());
                    case MAX, MIN -> {
                        var changed = Elements.equal(g.x(), g.out()).cast(g.d().dtype());
                        yield changed.times(g.d());
                    }
                });
    }
}
