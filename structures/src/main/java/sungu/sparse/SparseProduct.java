package sungu.sparse;

import org.jspecify.annotations.Nullable;

import sungu.primitive.Gradient;
import sungu.primitive.Opaque;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;

import java.util.Arrays;

/**
 * The product of a sparse matrix, given by index vectors and values, and a dense one: each value
 * adds its multiple of a row of the second to a row of the result.
 *
 * @param rows the rows of the result
 * @param inner the rows of the dense matrix
 * @param transposed whether index vectors are (column, row)
 */
record SparseProduct(int rows, int inner, boolean transposed) implements Opaque {
    @Override
    public String label() {
        return "sparse_product";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        return new TensorType[] {inputs[2].with(Shape.of(rows, inputs[2].shape().dim(1)))};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        var at = (long[]) inputs[0].array();
        int count = inputs[1].size();
        int width = inputs[2].shape().dim(1);
        for (int i = 0; i < count; i++) {
            long row = at[2 * i + (transposed ? 1 : 0)];
            long column = at[2 * i + (transposed ? 0 : 1)];
            if (row < 0 || row >= rows || column < 0 || column >= inner) {
                throw new TensorException(
                        "matmul: sparse index "
                                + i
                                + " = ["
                                + at[2 * i]
                                + ", "
                                + at[2 * i + 1]
                                + "] is outside of the matrix");
            }
        }
        if (outputs[0].array() instanceof float[] out) {
            Arrays.fill(out, 0, rows * width, 0);
            floats(at, (float[]) inputs[1].array(), (float[]) inputs[2].array(), out, count, width);
        } else {
            var out = (double[]) outputs[0].array();
            Arrays.fill(out, 0, rows * width, 0);
            doubles(
                    at,
                    (double[]) inputs[1].array(),
                    (double[]) inputs[2].array(),
                    out,
                    count,
                    width);
        }
    }

    private void floats(
            long[] at, float[] values, float[] dense, float[] out, int count, int width) {
        for (int i = 0; i < count; i++) {
            int to = (int) at[2 * i + (transposed ? 1 : 0)] * width;
            int from = (int) at[2 * i + (transposed ? 0 : 1)] * width;
            float value = values[i];
            for (int k = 0; k < width; k++) {
                out[to + k] += value * dense[from + k];
            }
        }
    }

    private void doubles(
            long[] at, double[] values, double[] dense, double[] out, int count, int width) {
        for (int i = 0; i < count; i++) {
            int to = (int) at[2 * i + (transposed ? 1 : 0)] * width;
            int from = (int) at[2 * i + (transposed ? 0 : 1)] * width;
            double value = values[i];
            for (int k = 0; k < width; k++) {
                out[to + k] += value * dense[from + k];
            }
        }
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        // The transpose has as many rows as this has inner ones.
        var backwards = new SparseProduct(/* rows= */ inner, /* inner= */ rows, !transposed);
        var left = transposed ? g.x(2) : g.d();
        var right = transposed ? g.d() : g.x(2);
        return g.each(
                () -> null,
                () -> Context.bind(new SampledProduct(), g.x(), left, right),
                () -> Context.bind(backwards, g.x(), g.y(), g.d()));
    }
}
