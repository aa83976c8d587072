package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.UniqueKernel;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * The distinct rows of a tensor (along dimension 0), all int32: where each occurs first, for each
 * row the number of its distinct row, and how often each occurs. NaN equals nothing, not even
 * itself.
 *
 * @param sorted whether distinct rows are numbered in sorted order; else as they occur first
 * @param size the number of distinct rows to give, filled up with position -1 and count 0; -1 for
 *     as many as there are, which can't be traced
 */
public record Unique(boolean sorted, int size) implements Opaque {
    @Override
    public String label() {
        return "unique";
    }

    @Override
    public boolean dynamic() {
        return size < 0;
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (inputs[0].shape().rank() == 0) {
            throw new TensorException(label() + ": a scalar " + inputs[0] + " has no rows");
        }
        var found = new TensorType(DType.INT32, Shape.of(Math.max(size, 0)));
        return new TensorType[] {found, found.with(Shape.of(inputs[0].shape().dim(0))), found};
    }

    @Override
    public HostTensor[] evaluate(HostTensor... inputs) {
        types(inputs[0].type());
        return UniqueKernel.unique(sorted, size, inputs[0]);
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        var results = UniqueKernel.unique(sorted, size, inputs[0]);
        for (int i = 0; i < results.length; i++) {
            System.arraycopy(results[i].array(), 0, outputs[i].array(), 0, results[i].size());
        }
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.none();
    }
}
