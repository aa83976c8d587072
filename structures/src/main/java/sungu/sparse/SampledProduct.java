package sungu.sparse;

import org.jspecify.annotations.Nullable;

import sungu.primitive.Gradient;
import sungu.primitive.Opaque;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;

/**
 * Single elements of the product of a dense matrix and the transpose of another: for an index
 * vector (i, k) the product of row i of the first and row k of the second.
 */
record SampledProduct() implements Opaque {
    @Override
    public String label() {
        return "sampled_product";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var dtype = inputs[1].dtype();
        if (dtype != inputs[2].dtype() || dtype != DType.FLOAT32 && dtype != DType.FLOAT64) {
            throw new TensorException(
                    "sampled product: takes float32 or float64, got "
                            + inputs[1]
                            + " and "
                            + inputs[2]);
        }
        return new TensorType[] {new TensorType(dtype, Shape.of(inputs[0].shape().dim(0)))};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        var at = (long[]) inputs[0].array();
        int count = outputs[0].size();
        int width = inputs[1].shape().dim(1);
        for (int i = 0; i < count; i++) {
            if (at[2 * i] < 0
                    || at[2 * i] >= inputs[1].shape().dim(0)
                    || at[2 * i + 1] < 0
                    || at[2 * i + 1] >= inputs[2].shape().dim(0)) {
                throw new TensorException(
                        "sampled product: index "
                                + i
                                + " = ["
                                + at[2 * i]
                                + ", "
                                + at[2 * i + 1]
                                + "] is outside of the product");
            }
            int left = (int) at[2 * i] * width;
            int right = (int) at[2 * i + 1] * width;
            double sum = 0;
            if (outputs[0].array() instanceof float[] out) {
                var x = (float[]) inputs[1].array();
                var y = (float[]) inputs[2].array();
                for (int k = 0; k < width; k++) {
                    sum += (double) x[left + k] * y[right + k];
                }
                out[i] = (float) sum;
            } else {
                var x = (double[]) inputs[1].array();
                var y = (double[]) inputs[2].array();
                for (int k = 0; k < width; k++) {
                    sum += x[left + k] * y[right + k];
                }
                ((double[]) outputs[0].array())[i] = sum;
            }
        }
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        int rows = g.x(1).shape().dim(0);
        int columns = g.x(2).shape().dim(0);
        return g.each(
                () -> null,
                () -> Context.bind(new SparseProduct(rows, columns, false), g.x(), g.d(), g.x(2)),
                () -> Context.bind(new SparseProduct(columns, rows, true), g.x(), g.d(), g.x(1)));
    }
}
