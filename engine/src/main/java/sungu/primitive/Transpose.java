package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.StridedCopy;
import sungu.ops.Movements;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/** The dimensions in another order: output dimension i is input dimension {@code order[i]}. */
public record Transpose(Ints order) implements StridedMovement {
    @Override
    public String label() {
        return "transpose";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var shape = inputs[0].shape();
        var dims = new int[order.size()];
        var seen = new boolean[shape.rank()];
        if (order.size() != shape.rank()) {
            throw new TensorException(
                    "transpose: "
                            + order
                            + " names "
                            + order.size()
                            + " axes, "
                            + inputs[0]
                            + " has "
                            + shape.rank());
        }
        for (int i = 0; i < dims.length; i++) {
            int axis = order.get(i);
            if (axis < 0 || axis >= seen.length || seen[axis]) {
                throw new TensorException(
                        "transpose: " + order + " is no permutation of the axes of " + inputs[0]);
            }
            seen[axis] = true;
            dims[i] = shape.dim(axis);
        }
        return new TensorType[] {inputs[0].with(Shape.owning(dims))};
    }

    @Override
    public StridedCopy copy(TensorType in, TensorType out) {
        var strides = in.shape().strides();
        var from = new int[strides.length];
        for (int i = 0; i < from.length; i++) {
            from[i] = strides[order.get(i)];
        }
        var to = out.shape();
        return new StridedCopy(0, from, 0, to.strides(), to.dims(), out.dtype().lanes());
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        var inverse = new int[order.size()];
        for (int i = 0; i < inverse.length; i++) {
            inverse[order.get(i)] = i;
        }
        return g.each(() -> Movements.transpose(g.d(), inverse));
    }
}
