package sungu.portable;

import sungu.kernel.DeviationKernel;
import sungu.tensor.HostTensor;

import java.util.Arrays;

/**
 * Sums of squared deviations from means that are not known yet. The first block of a chunk gives
 * each column a value to measure from, its mean; from all blocks the deviations from that value and
 * their squares are added up, which gives the mean and the squared deviations of the chunk. Chunks
 * are joined by the formula of Chan, Golub and LeVeque ("Algorithms for computing the sample
 * variance", 1983).
 *
 * <p>Little is lost by cancellation, whatever the numbers are: where the first of k blocks is far
 * away from the rest of the chunk, its distance is part of what is computed, so the subtrahend is
 * never more than k - 1 times the result.
 */
final class DeviationFolding implements Folding {
    /** What has been added up for a block of columns. */
    private static final class Sums {
        final float[] from;
        final float[] deviations;
        final float[] squares;

        /** Elements of the first block. */
        int lanes;

        int elements;

        Sums(int size) {
            from = new float[size];
            deviations = new float[size];
            squares = new float[size];
        }
    }

    private final boolean columnsToo;
    private final int blockColumns;
    private final Sums[] sums;
    private final double[] means;

    /** Takes blocks of up to {@code size} elements; all columns are one if {@code columnsToo}. */
    DeviationFolding(boolean columnsToo, int size, int blockColumns, int columns) {
        this.columnsToo = columnsToo;
        this.blockColumns = columnsToo ? 1 : blockColumns;
        sums = new Sums[columnsToo ? 1 : (columns + blockColumns - 1) / blockColumns];
        Arrays.setAll(sums, i -> new Sums(size));
        means = new double[this.blockColumns];
    }

    /**
     * The number of elements of a row of parts: how many elements a column has, their means, and
     * their squared deviations.
     */
    static int part(int columns) {
        return 1 + 2 * columns;
    }

    @Override
    public void begin() {
        for (var some : sums) {
            some.elements = 0;
        }
    }

    @Override
    public void add(HostTensor block, int column) {
        var some = sums[columnsToo ? 0 : column / blockColumns];
        float[] x = (float[]) block.array();
        int n = block.size();
        if (some.elements == 0) {
            some.lanes = n;
            Arrays.fill(some.deviations, 0, n, 0);
            Arrays.fill(some.squares, 0, n, 0);
            int columns = columnsToo ? 1 : block.shape().dim(1);
            DeviationKernel.means(x, n, columns, means, some.from);
        }
        DeviationKernel.add(x, some.from, some.deviations, some.squares, n);
        some.elements += n;
    }

    @Override
    public void end(HostTensor parts, int chunk) {
        double[] to = (double[]) parts.array();
        int columns = parts.shape().dim(1) / 2;
        int at = chunk * part(columns);
        for (int i = 0; i < sums.length; i++) {
            int first = i * blockColumns;
            int width = Math.min(blockColumns, columns - first);
            var some = sums[i];
            int count = some.elements / width;
            to[at] = count;
            for (int c = 0; c < width; c++) {
                double sum = 0;
                double squares = 0;
                for (int k = c; k < some.lanes; k += width) {
                    sum += some.deviations[k];
                    squares += some.squares[k];
                }
                to[at + 1 + first + c] = some.from[c] + sum / count;
                to[at + 1 + columns + first + c] = Math.max(0, squares - sum * sum / count);
            }
        }
    }

    /** Joins the rows of parts, in the first of them, and writes the squared deviations. */
    static void join(HostTensor parts, HostTensor result) {
        double[] p = (double[]) parts.array();
        int chunks = parts.shape().dim(0);
        int columns = parts.shape().dim(1) / 2;
        for (int chunk = 1; chunk < chunks; chunk++) {
            int at = chunk * part(columns);
            double count = p[0] + p[at];
            double share = p[at] / count;
            for (int mean = 1; mean <= columns; mean++) {
                double delta = p[at + mean] - p[mean];
                p[mean] += delta * share;
                p[mean + columns] += p[at + mean + columns] + delta * delta * share * p[0];
            }
            p[0] = count;
        }
        float[] to = (float[]) result.array();
        for (int i = 0; i < columns; i++) {
            to[i] = (float) p[1 + columns + i];
        }
    }
}
