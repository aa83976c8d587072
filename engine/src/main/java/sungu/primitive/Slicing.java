package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.StridedCopy;
import sungu.ops.Movements;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * A box with steps: per dimension {@code size} elements from {@code begin} on, each {@code step} (1
 * or more) after the last.
 */
public record Slicing(Ints begin, Ints size, Ints step) implements StridedMovement {
    // Written out, for HotSpot links what a record has by itself at the first call (decision 0013).

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Slicing slicing
                && begin.equals(slicing.begin)
                && size.equals(slicing.size)
                && step.equals(slicing.step);
    }

    @Override
    public int hashCode() {
        return 31 * begin.hashCode() + size.hashCode();
    }

    @Override
    public String label() {
        return "slice";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var shape = inputs[0].shape();
        if (begin.size() != shape.rank()
                || size.size() != shape.rank()
                || step.size() != shape.rank()) {
            throw new TensorException(
                    "slice: begin "
                            + begin
                            + ", size "
                            + size
                            + " and step "
                            + step
                            + " must name each axis of "
                            + inputs[0]);
        }
        for (int i = 0; i < shape.rank(); i++) {
            boolean fits =
                    begin.get(i) >= 0
                            && size.get(i) >= 0
                            && step.get(i) >= 1
                            && (size.get(i) == 0
                                    ? begin.get(i) <= shape.dim(i)
                                    : begin.get(i) + (size.get(i) - 1L) * step.get(i)
                                            < shape.dim(i));
            if (!fits) {
                throw new TensorException(
                        "slice: "
                                + size.get(i)
                                + " elements from "
                                + begin.get(i)
                                + " by "
                                + step.get(i)
                                + " do not lie in axis "
                                + i
                                + " of "
                                + inputs[0]);
            }
        }
        return new TensorType[] {inputs[0].with(Shape.of(size.toArray()))};
    }

    @Override
    public StridedCopy copy(TensorType in, TensorType out) {
        var strides = in.shape().strides();
        int start = 0;
        for (int i = 0; i < strides.length; i++) {
            start += begin.get(i) * strides[i];
            strides[i] *= step.get(i);
        }
        var to = out.shape();
        return new StridedCopy(start, strides, 0, to.strides(), to.dims(), out.dtype().lanes());
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        var shape = g.x().shape();
        var after = new int[shape.rank()];
        var between = new int[shape.rank()];
        for (int i = 0; i < after.length; i++) {
            int covered = size.get(i) == 0 ? 0 : (size.get(i) - 1) * step.get(i) + 1;
            after[i] = shape.dim(i) - begin.get(i) - covered;
            between[i] = step.get(i) - 1;
        }
        return g.each(() ->
                Movements.pad(
                        g.d(),
                        begin.toArray(),
                        after,
                        between,
                        Tensor.zeros(Shape.SCALAR, g.d().dtype())));
    }
}
