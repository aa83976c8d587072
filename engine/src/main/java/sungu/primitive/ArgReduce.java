package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.ReduceKernel;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/** The index of the first largest or smallest element along an axis. */
public record ArgReduce(boolean largest, int axis, DType index) implements Reduction {
    @Override
    public String label() {
        return largest ? "argmax" : "argmin";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (inputs[0].dtype() == DType.STRING || inputs[0].dtype().isComplex()) {
            throw new TensorException(label() + ": does not take " + inputs[0]);
        }
        if (inputs[0].shape().dim(axis) == 0) {
            throw new TensorException(
                    label() + ": axis " + axis + " of " + inputs[0] + " is empty");
        }
        return new TensorType[] {new TensorType(index, inputs[0].shape().remove(axis))};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        ReduceKernel.arg(largest, axis, inputs[0], outputs[0]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.none();
    }
}
