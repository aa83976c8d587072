package sungu.sparse;

import org.jspecify.annotations.Nullable;

import sungu.kernel.Parallel;
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
    /** Columns that one thread computes at a time. */
    private static final int COLUMNS = 512;

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
        var result = outputs[0].array();
        if (result instanceof float[] out) {
            Arrays.fill(out, 0, rows * width, 0);
        } else {
            Arrays.fill((double[]) result, 0, rows * width, 0);
        }
        Parallel.loop(
                width,
                COLUMNS,
                (from, to) ->
                        columns(
                                at,
                                inputs[1].array(),
                                inputs[2].array(),
                                result,
                                count,
                                width,
                                from,
                                to));
    }

    /**
     * Computes some columns. Rows come through blocks at a common index, which is what HotSpot
     * makes vector code of; the sum of a row stays in its block while values of that row follow.
     */
    private void columns(
            long[] at,
            Object values,
            Object dense,
            Object out,
            int count,
            int width,
            int from,
            int to) {
        int length = to - from;
        boolean floats = out instanceof float[];
        Object sum = floats ? new float[length] : new double[length];
        Object row = floats ? new float[length] : new double[length];
        int now = -1;
        for (int i = 0; i < count; i++) {
            int next = (int) at[2 * i + (transposed ? 1 : 0)];
            if (next != now) {
                if (now >= 0) {
                    System.arraycopy(sum, 0, out, now * width + from, length);
                }
                System.arraycopy(out, next * width + from, sum, 0, length);
                now = next;
            }
            int other = (int) at[2 * i + (transposed ? 0 : 1)];
            System.arraycopy(dense, other * width + from, row, 0, length);
            if (floats) {
                add(((float[]) values)[i], (float[]) row, (float[]) sum, length);
            } else {
                add(((double[]) values)[i], (double[]) row, (double[]) sum, length);
            }
        }
        if (now >= 0) {
            System.arraycopy(sum, 0, out, now * width + from, length);
        }
    }

    private static void add(float factor, float[] row, float[] sum, int length) {
        for (int k = 0; k < length; k++) {
            sum[k] += factor * row[k];
        }
    }

    private static void add(double factor, double[] row, double[] sum, int length) {
        for (int k = 0; k < length; k++) {
            sum[k] += factor * row[k];
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
