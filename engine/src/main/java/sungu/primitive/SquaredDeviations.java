package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.DeviationKernel;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * The sum over some axes of the squared deviations from the mean along them, of float32. Passes put
 * it where a mean is computed only to be subtracted before squares are added up: unlike those steps
 * it can be computed while the elements are seen once.
 */
public record SquaredDeviations(Ints axes) implements AxisReduction {
    @Override
    public String label() {
        return "squared_deviations";
    }

    @Override
    public SquaredDeviations along(Ints others) {
        return new SquaredDeviations(others);
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (inputs[0].dtype() != DType.FLOAT32) {
            throw new TensorException("squared_deviations: takes float32, got " + inputs[0]);
        }
        return new TensorType[] {inputs[0].with(kept(inputs[0].shape()))};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        DeviationKernel.run(axes, inputs[0], outputs[0]);
    }

    /** What the mean adds is zero, for deviations from it are so in sum. */
    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(() -> {
            var x = g.x();
            var deviations = x.minus(Reductions.mean(x, true, axes.toArray()));
            return Reduce.spread(g.d(), axes, x.shape()).times(deviations).times(2);
        });
    }
}
