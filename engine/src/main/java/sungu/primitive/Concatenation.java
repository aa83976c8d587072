package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.Copy;
import sungu.ops.Movements;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/** Tensors one after the other along an axis; all other dimensions are equal. */
public record Concatenation(int axis) implements Movement {
    @Override
    public String label() {
        return "concat";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        int length = 0;
        for (var input : inputs) {
            if (input.dtype() != inputs[0].dtype()) {
                throw Pointwise.differentDtypes(label(), inputs[0], input);
            }
            if (input.shape().rank() != inputs[0].shape().rank()
                    || !input.shape().with(axis, 0).equals(inputs[0].shape().with(axis, 0))) {
                throw new TensorException(
                        "concat: "
                                + input
                                + " does not fit to "
                                + inputs[0]
                                + " along axis "
                                + axis,
                        "all dimensions but the one of the axis must be equal");
            }
            length += input.shape().dim(axis);
        }
        return new TensorType[] {inputs[0].with(inputs[0].shape().with(axis, length))};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        var out = outputs[0];
        var strides = out.shape().strides();
        int start = 0;
        for (var input : inputs) {
            Copy.strided(
                    input.array(),
                    0,
                    input.shape().strides(),
                    out.array(),
                    start,
                    strides,
                    input.shape().dims(),
                    out.dtype().lanes());
            start += input.shape().dim(axis) * strides[axis];
        }
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        var gradients = new Tensor[g.inputs()];
        int start = 0;
        for (int i = 0; i < gradients.length; i++) {
            var shape = g.x(i).shape();
            if (g.needs(i)) {
                var begin = new int[shape.rank()];
                begin[axis] = start;
                gradients[i] = Movements.slice(g.d(), begin, shape.dims());
            }
            start += shape.dim(axis);
        }
        return gradients;
    }
}
