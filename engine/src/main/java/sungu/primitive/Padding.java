package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.Copy;
import sungu.kernel.StridedCopy;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.Arrays;

/**
 * Puts the second input, a scalar, before, after and between the elements of the first, per
 * dimension.
 */
public record Padding(Ints before, Ints after, Ints between) implements Movement {
    @Override
    public String label() {
        return "pad";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var shape = inputs[0].shape();
        if (before.size() != shape.rank()
                || after.size() != shape.rank()
                || between.size() != shape.rank()) {
            throw new TensorException(
                    "pad: before "
                            + before
                            + ", after "
                            + after
                            + " and between "
                            + between
                            + " must name each axis of "
                            + inputs[0]);
        }
        if (inputs[1].shape().rank() != 0 || inputs[1].dtype() != inputs[0].dtype()) {
            throw new TensorException(
                    "pad: the padding value must be a "
                            + inputs[0].dtype()
                            + " scalar, got "
                            + inputs[1]);
        }
        var dims = new int[shape.rank()];
        for (int i = 0; i < dims.length; i++) {
            if (before.get(i) < 0 || after.get(i) < 0 || between.get(i) < 0) {
                throw new TensorException(
                        "pad: negative padding in axis " + i + " of " + inputs[0],
                        "slice to take elements away");
            }
            dims[i] =
                    before.get(i)
                            + after.get(i)
                            + shape.dim(i)
                            + Math.max(shape.dim(i) - 1, 0) * between.get(i);
        }
        return new TensorType[] {inputs[0].with(Shape.owning(dims))};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        pad(copy(inputs[0].type(), outputs[0].type()), inputs, outputs[0]);
    }

    @Override
    public Kernel kernel(TensorType[] inputs, TensorType[] outputs) {
        var copy = copy(inputs[0], outputs[0]);
        return (in, out) -> pad(copy, in, out[0]);
    }

    private StridedCopy copy(TensorType in, TensorType out) {
        var strides = out.shape().strides();
        int start = 0;
        for (int i = 0; i < strides.length; i++) {
            start += before.get(i) * strides[i];
            strides[i] *= between.get(i) + 1;
        }
        var from = in.shape();
        int lanes = out.dtype().lanes();
        return new StridedCopy(0, from.strides(), start, strides, from.dims(), lanes);
    }

    private static void pad(StridedCopy copy, HostTensor[] inputs, HostTensor out) {
        int lanes = out.dtype().lanes();
        int all = out.size() * lanes;
        if (all == 0) {
            return;
        }
        Copy.flat(inputs[1].array(), out.array(), lanes);
        for (int filled = lanes; filled < all; filled *= 2) {
            System.arraycopy(out.array(), 0, out.array(), filled, Math.min(filled, all - filled));
        }
        copy.run(inputs[0].array(), out.array());
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        var step = Arrays.stream(between.toArray()).map(b -> b + 1).toArray();
        var inner = Movements.slice(g.d(), before.toArray(), g.x().shape().dims(), step);
        return g.each(
                () -> inner,
                () -> Reductions.sum(g.d(), false).minus(Reductions.sum(inner, false)));
    }
}
