package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.StridedCopy;
import sungu.ops.Movements;
import sungu.tensor.Ints;
import sungu.tensor.Tensor;
import sungu.tensor.TensorType;

/** The elements in reverse order along some axes. */
public record Reverse(Ints axes) implements StridedMovement {
    @Override
    public String label() {
        return "reverse";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        for (int axis : axes.toArray()) {
            inputs[0].shape().axis(axis);
        }
        return new TensorType[] {inputs[0]};
    }

    @Override
    public StridedCopy copy(TensorType in, TensorType out) {
        var shape = in.shape();
        var strides = shape.strides();
        int start = 0;
        for (int axis : axes.toArray()) {
            start += (shape.dim(axis) - 1) * strides[axis];
            strides[axis] = -strides[axis];
        }
        int lanes = out.dtype().lanes();
        return new StridedCopy(start, strides, 0, shape.strides(), shape.dims(), lanes);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(() -> Movements.reverse(g.d(), axes.toArray()));
    }
}
