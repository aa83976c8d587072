package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.SortKernel;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * Per row of the last dimension: the positions, int32, at which the elements of the second input
 * would be put into the first one, which is sorted, to keep it sorted: before its equals, or behind
 * them if {@code right}.
 */
public record SearchSorted(boolean right) implements Opaque {
    @Override
    public String label() {
        return "search_sorted";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var sorted = inputs[0];
        var values = inputs[1];
        if (sorted.dtype() != values.dtype()) {
            throw Pointwise.differentDtypes(label(), sorted, values);
        }
        int rank = sorted.shape().rank();
        if (rank == 0
                || rank != values.shape().rank()
                || !sorted.shape().with(-1, 0).equals(values.shape().with(-1, 0))) {
            throw new TensorException(
                    label() + ": values " + values + " do not fit to sorted rows " + sorted,
                    "all dimensions but the last must be equal");
        }
        if (sorted.dtype() == DType.STRING || sorted.dtype().isComplex()) {
            throw new TensorException(label() + ": does not take " + sorted);
        }
        return new TensorType[] {values.with(DType.INT32)};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        SortKernel.search(right, inputs[0], inputs[1], (int[]) outputs[0].array());
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.none();
    }
}
