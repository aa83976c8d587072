package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.StridedCopy;
import sungu.ops.Movements;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.Arrays;

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
        var types = Arrays.stream(inputs).map(HostTensor::type).toArray(TensorType[]::new);
        kernel(types, new TensorType[] {outputs[0].type()}).run(inputs, outputs);
    }

    @Override
    public Kernel kernel(TensorType[] inputs, TensorType[] outputs) {
        var strides = outputs[0].shape().strides();
        int lanes = outputs[0].dtype().lanes();
        var copies = new StridedCopy[inputs.length];
        int start = 0;
        for (int i = 0; i < copies.length; i++) {
            var shape = inputs[i].shape();
            copies[i] = new StridedCopy(0, shape.strides(), start, strides, shape.dims(), lanes);
            start += shape.dim(axis) * strides[axis];
        }
        return (in, out) -> {
            for (int i = 0; i < copies.length; i++) {
                copies[i].run(in[i].array(), out[0].array());
            }
        };
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
