package sungu.kernel;

import sungu.tensor.HostTensor;
import sungu.tensor.Ints;

import java.util.Arrays;

/** Sums of squared deviations from means. */
public final class DeviationKernel {
    private DeviationKernel() {}

    /** Folds {@code axes} of {@code x} into {@code out}: first the means, then the squares. */
    public static void run(Ints axes, HostTensor x, HostTensor out) {
        float[] a = (float[]) x.array();
        float[] c = (float[]) out.array();
        var places = places(axes, x, out);
        int count = x.size() / Math.max(1, out.size());
        var means = new double[out.size()];
        for (int i = 0; i < places.length; i++) {
            means[places[i]] += a[i];
        }
        for (int i = 0; i < means.length; i++) {
            means[i] /= count;
        }
        var squares = new double[out.size()];
        for (int i = 0; i < places.length; i++) {
            double deviation = a[i] - means[places[i]];
            squares[places[i]] += deviation * deviation;
        }
        for (int i = 0; i < squares.length; i++) {
            c[i] = (float) squares[i];
        }
    }

    /** Per element of x the element of the result that it counts for. */
    private static int[] places(Ints axes, HostTensor x, HostTensor out) {
        var places = new int[x.size()];
        var shape = x.shape();
        int within = x.size();
        int kept = out.size();
        for (int axis = 0; axis < shape.rank() && within > 0; axis++) {
            int dim = shape.dim(axis);
            within /= dim;
            if (!axes.contains(axis)) {
                kept /= dim;
                for (int i = 0; i < places.length; i++) {
                    places[i] += i / within % dim * kept;
                }
            }
        }
        return places;
    }

    /**
     * Adds the deviations of n elements from fixed values to sums, and their squares to others,
     * index by index.
     */
    public static void add(float[] x, float[] from, float[] deviations, float[] squares, int n) {
        for (int i = 0; i < n; i++) {
            float deviation = x[i] - from[i];
            deviations[i] += deviation;
            squares[i] += deviation * deviation;
        }
    }

    /**
     * Row by row copies of the means of the columns of a matrix.
     *
     * @param n the elements of the matrix
     * @param means scratch for a row
     */
    public static void means(float[] x, int n, int columns, double[] means, float[] copies) {
        Arrays.fill(means, 0, columns, 0);
        for (int row = 0; row < n; row += columns) {
            for (int i = 0; i < columns; i++) {
                means[i] += x[row + i];
            }
        }
        for (int row = 0; row < n; row += columns) {
            for (int i = 0; i < columns; i++) {
                copies[row + i] = (float) (means[i] * columns / n);
            }
        }
    }
}
