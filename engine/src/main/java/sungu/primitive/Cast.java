package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.CastKernel;
import sungu.ops.Elements;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * Conversion to another dtype: floats round to nearest even, fractions are cut off on the way to
 * integers, integers wrap, non-zero is true, and a complex number loses its imaginary part.
 */
public record Cast(DType to) implements Elementwise {
    // Written out, for HotSpot links what a record has by itself at the first call (decision 0013).

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cast cast && to == cast.to;
    }

    @Override
    public int hashCode() {
        return to.hashCode();
    }

    @Override
    public String label() {
        return "cast";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if ((inputs[0].dtype() == DType.STRING) != (to == DType.STRING)) {
            throw new TensorException(
                    "cast: no cast from " + inputs[0].dtype() + " to " + to,
                    "parse or format strings instead");
        }
        return new TensorType[] {inputs[0].with(to)};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        CastKernel.run(inputs[0], outputs[0]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        var from = g.x().dtype();
        return to.isDifferentiable() && from.isDifferentiable()
                ? g.each(() -> Elements.cast(g.d(), from))
                : g.none();
    }
}
