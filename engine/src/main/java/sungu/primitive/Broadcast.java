package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.StridedCopy;
import sungu.ops.Reductions;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/** Stretches dimensions of size 1 and adds leading ones, by NumPy's rule. */
public record Broadcast(Shape shape) implements StridedMovement {
    // Written out, for HotSpot links what a record has by itself at the first call (decision 0013).

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Broadcast broadcast && shape.equals(broadcast.shape);
    }

    @Override
    public int hashCode() {
        return shape.hashCode();
    }

    @Override
    public String label() {
        return "broadcast";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var from = inputs[0].shape();
        int lead = shape.rank() - from.rank();
        for (int i = 0; i < from.rank(); i++) {
            if (lead < 0 || from.dim(i) != 1 && from.dim(i) != shape.dim(lead + i)) {
                throw new TensorException(
                        "broadcast: " + inputs[0] + " does not stretch to " + shape);
            }
        }
        return new TensorType[] {inputs[0].with(shape)};
    }

    @Override
    public StridedCopy copy(TensorType in, TensorType out) {
        var from = in.shape();
        int lead = shape.rank() - from.rank();
        var strides = from.strides();
        var fromStrides = new int[shape.rank()];
        for (int i = 0; i < strides.length; i++) {
            fromStrides[lead + i] = from.dim(i) == 1 ? 0 : strides[i];
        }
        int lanes = out.dtype().lanes();
        return new StridedCopy(0, fromStrides, 0, shape.strides(), shape.dims(), lanes);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(() -> Reductions.sumTo(g.d(), g.x().shape()));
    }
}
