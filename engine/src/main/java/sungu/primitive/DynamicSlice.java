package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.Copy;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * A box of a fixed size from the position that the second input, a vector of int32 or int64, names.
 *
 * @param clamp whether a position from which the box would stick out is moved so that it fits; else
 *     it is an error
 */
public record DynamicSlice(Ints size, boolean clamp) implements Opaque {
    @Override
    public String label() {
        return "dynamic_slice";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var box = Shape.of(size.toArray());
        check(label(), inputs[0], inputs[1], box);
        return new TensorType[] {inputs[0].with(box)};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        var shape = inputs[0].shape();
        var box = outputs[0].shape();
        int start = start(label(), shape, inputs[1], box, clamp);
        Copy.strided(
                inputs[0].array(),
                start,
                shape.strides(),
                outputs[0].array(),
                0,
                box.strides(),
                box.dims(),
                outputs[0].dtype().lanes());
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(
                () -> Indexing.dynamicUpdateSlice(Elements.zerosLike(g.x()), g.y(), g.d(), clamp));
    }

    static void check(String label, TensorType x, TensorType starts, Shape box) {
        int rank = x.shape().rank();
        if (starts.dtype() != DType.INT32 && starts.dtype() != DType.INT64
                || !starts.shape().equals(Shape.of(rank))) {
            throw new TensorException(
                    label
                            + ": start must be an int32 or int64 vector of "
                            + rank
                            + " positions for "
                            + x
                            + ", got "
                            + starts);
        }
        for (int i = 0; i < rank; i++) {
            if (box.rank() != rank || box.dim(i) < 0 || box.dim(i) > x.shape().dim(i)) {
                throw new TensorException(label + ": a box " + box + " does not fit into " + x);
            }
        }
    }

    /** The flat position of the box. */
    static int start(String label, Shape shape, HostTensor starts, Shape box, boolean clamp) {
        var strides = shape.strides();
        int flat = 0;
        for (int i = 0; i < strides.length; i++) {
            int room = shape.dim(i) - box.dim(i);
            long start = starts.integer(i);
            if (!clamp && (start < 0 || start > room)) {
                throw new TensorException(
                        label
                                + ": start "
                                + start
                                + " of axis "
                                + i
                                + " is not in [0, "
                                + room
                                + "]: a box "
                                + box
                                + " in a tensor of shape "
                                + shape);
            }
            flat += Math.clamp(start, 0, room) * strides[i];
        }
        return flat;
    }
}
