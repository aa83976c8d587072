package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.StridedCopy;
import sungu.ops.Movements;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Tensor;
import sungu.tensor.TensorType;

/** The elements in reverse order along some axes. */
public record Reverse(Ints axes) implements Movement {
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
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        copy(inputs[0].type(), outputs[0].type()).run(inputs[0].array(), outputs[0].array());
    }

    @Override
    public Kernel kernel(TensorType[] inputs, TensorType[] outputs) {
        var copy = copy(inputs[0], outputs[0]);
        return (in, out) -> copy.run(in[0].array(), out[0].array());
    }

    private StridedCopy copy(TensorType in, TensorType out) {
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
