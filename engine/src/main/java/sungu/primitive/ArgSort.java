package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.SortKernel;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * The positions, int32, of the first {@code count} elements along an axis in sorted order. Of equal
 * elements the one with the lower position comes first in both directions. NaN counts as larger
 * than all numbers, -0 equals 0; strings compare by their bytes.
 */
public record ArgSort(int axis, boolean descending, int count) implements Opaque {
    @Override
    public String label() {
        return "argsort";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (inputs[0].dtype().isComplex()) {
            throw new TensorException(
                    label() + ": does not take " + inputs[0],
                    "complex numbers have no order; sort by their abs()");
        }
        int length = inputs[0].shape().dim(axis);
        if (count < 0 || count > length) {
            throw new TensorException(
                    label()
                            + ": "
                            + count
                            + " elements asked for, axis "
                            + axis
                            + " of "
                            + inputs[0]
                            + " has "
                            + length);
        }
        return new TensorType[] {new TensorType(DType.INT32, inputs[0].shape().with(axis, count))};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        SortKernel.argsort(axis, descending, inputs[0], outputs[0]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.none();
    }
}
