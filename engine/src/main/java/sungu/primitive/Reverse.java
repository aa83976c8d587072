package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.Copy;
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
        var shape = inputs[0].shape();
        var strides = shape.strides();
        int start = 0;
        for (int axis : axes.toArray()) {
            start += (shape.dim(axis) - 1) * strides[axis];
            strides[axis] = -strides[axis];
        }
        Copy.strided(
                inputs[0].array(),
                start,
                strides,
                outputs[0].array(),
                0,
                shape.strides(),
                shape.dims(),
                outputs[0].dtype().lanes());
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(() -> Movements.reverse(g.d(), axes.toArray()));
    }
}
