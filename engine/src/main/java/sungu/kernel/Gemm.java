package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.kernel.DotKernel.Matrix;

import java.util.Arrays;

/**
 * Float32 matrix products over Java arrays. One operand is packed into rows, {@link FloatRows} adds
 * up multiples of them. Rows run along the columns of the result or, when that is cheaper (few
 * columns, a transposed operand), along its rows; the sums then leave as columns.
 *
 * <p>Each element is one chain of {@code fma} over the inner dimension, whatever way is taken.
 */
final class Gemm {
    /** Packed rows that are applied to all sums of a task before the next ones are packed. */
    private static final int DEPTH = 64;

    /** Most rows of sums of a task. */
    private static final int ROWS = 128;

    /** Clock cycles that one task is worth. */
    private static final int TASK = 50_000;

    /** Clock cycles of a nanosecond, with room for faster processors. */
    private static final int CYCLES = 6;

    /** Products for which nothing is packed. */
    private static final int SMALL = 2048;

    private final float[] x;
    private final Matrix a;
    private final float[] y;
    private final Matrix b;
    private final int m;
    private final int k;
    private final int n;
    private final float[] c;
    private final int start;

    private Gemm(Matrix a, Matrix b, int m, int k, int n, float[] c, int start) {
        this.x = (float[]) a.array();
        this.a = a;
        this.y = (float[]) b.array();
        this.b = b;
        this.m = m;
        this.k = k;
        this.n = n;
        this.c = c;
        this.start = start;
    }

    /** Ways to compute a part of a product. */
    private enum Way {
        /** Some sums at a time, straight from the operands. */
        SCALAR,
        /** Rows of the right operand. */
        ROWS,
        /** Columns of the left operand. */
        COLUMNS
    }

    /**
     * Computes {@code batch} products (m, k) x (k, n) into {@code c} from {@code start} on.
     *
     * @param after gets ranges of finished elements, whole rows
     */
    static void run(
            Matrix a,
            Matrix b,
            int batch,
            int m,
            int k,
            int n,
            float[] c,
            int start,
            Parallel.@Nullable Range after) {
        var gemm = new Gemm(a, b, m, k, n, c, start);
        var way = gemm.way(m, n);
        double cost = gemm.cost(way, m, n);
        if (batch > 1 && (batch >= 8 || cost < TASK)) {
            Parallel.loop(
                    batch,
                    (int) Math.max(1, TASK / cost),
                    (long) Math.max(TASK, cost) / CYCLES,
                    (from, to) -> {
                        for (int g = from; g < to; g++) {
                            gemm.part(way, g, 0, m, 0, n);
                        }
                        finish(after, start + from * m * n, start + to * m * n);
                    });
            return;
        }
        for (int g = 0; g < batch; g++) {
            gemm.product(g, way, cost, after);
        }
    }

    private static void finish(Parallel.@Nullable Range after, int from, int to) {
        if (after != null) {
            after.run(from, to);
        }
    }

    /** One product, in tasks of rows or, when there are few, of columns. */
    private void product(int g, Way whole, double cost, Parallel.@Nullable Range after) {
        int first = start + g * m * n;
        if (cost < 2 * TASK) {
            part(whole, g, 0, m, 0, n);
            finish(after, first, first + m * n);
            return;
        }
        if (m < 32) {
            int columns = chunk(n, cost, 4 * FloatRows.NARROW);
            var way = way(m, columns);
            long nanos = (long) (cost * columns / n / CYCLES);
            Parallel.loop(n, columns, nanos, (from, to) -> part(way, g, 0, m, from, to));
            finish(after, first, first + m * n);
            return;
        }
        int rows = chunk(m, cost, 16);
        var way = way(rows, n);
        if (way == Way.COLUMNS) {
            rows = chunk(m, cost, FloatRows.NARROW);
        } else if (way == Way.ROWS && b.columnStride() != 1) {
            rows = chunk(m, cost, 64);
        }
        Parallel.loop(
                m,
                rows,
                (long) (cost * rows / m / CYCLES),
                (from, to) -> {
                    part(way, g, from, to, 0, n);
                    finish(after, first + from * n, first + to * n);
                });
    }

    /** Splits a dimension into chunks of one size that are worth a task each. */
    private static int chunk(int size, double cost, int least) {
        long tasks = Math.min((long) (cost / TASK), Math.max(8, size / ROWS));
        int chunk = (int) ((size + tasks - 1) / tasks);
        return Math.max(least, (chunk + 3) / 4 * 4);
    }

    /** The cheapest way for a part of so many rows and columns. */
    private Way way(int rows, int columns) {
        if ((long) rows * columns * k <= SMALL) {
            return Way.SCALAR;
        }
        double scalar = cost(Way.SCALAR, rows, columns);
        double straight = cost(Way.ROWS, rows, columns);
        double turned = cost(Way.COLUMNS, rows, columns);
        if (scalar < straight && scalar < turned) {
            return Way.SCALAR;
        }
        return straight <= turned ? Way.ROWS : Way.COLUMNS;
    }

    /** About how many clock cycles a part takes. */
    private double cost(Way way, int rows, int columns) {
        double quarters = k / 4.0;
        return switch (way) {
            case SCALAR -> 0.7 * rows * columns * k;
            case ROWS ->
                    groups(rows) * quarters * sweep(columns)
                            + 1.0 * k * columns * (b.columnStride() == 1 ? 0.2 : 1.1);
            case COLUMNS ->
                    groups(columns) * quarters * sweep(rows)
                            + 1.0 * k * rows * (a.rowStride() == 1 ? 0.2 : 1.1)
                            + 1.1 * rows * columns;
        };
    }

    private static double groups(int rows) {
        int whole = rows / 4;
        return whole + 0.6 * (rows % 4);
    }

    /** What one pass of the inner loop over so many columns costs. */
    private static double sweep(int columns) {
        int whole = columns / FloatRows.WIDTH;
        int rest = columns % FloatRows.WIDTH;
        return whole * 920.0 + (rest == 0 ? 0 : 140 + 1.05 * FloatRows.padded(rest));
    }

    private void part(Way way, int g, int i0, int i1, int j0, int j1) {
        switch (way) {
            case SCALAR -> scalar(g, i0, i1, j0, j1);
            case ROWS -> {
                int width = panel(j1 - j0);
                for (int i = i0; i < i1; i += ROWS) {
                    for (int j = j0; j < j1; j += width) {
                        straight(g, i, Math.min(ROWS, i1 - i), j, Math.min(width, j1 - j));
                    }
                }
            }
            case COLUMNS -> {
                int width = panel(i1 - i0);
                for (int i = i0; i < i1; i += width) {
                    for (int j = j0; j < j1; j += ROWS) {
                        turned(g, i, Math.min(width, i1 - i), j, Math.min(ROWS, j1 - j));
                    }
                }
            }
        }
    }

    /** Splits so many entries into panels of about the same width. */
    private static int panel(int size) {
        int panels = (size + FloatRows.WIDTH - 1) / FloatRows.WIDTH;
        return ((size + panels - 1) / panels + 15) / 16 * 16;
    }

    private void straight(int g, int i0, int rows, int j0, int width) {
        try (var scratch = RowScratch.take(DEPTH, rows)) {
            accumulate(
                    scratch,
                    x,
                    a.at(g, i0, 0),
                    a.rowStride(),
                    a.columnStride(),
                    y,
                    b.at(g, 0, j0),
                    b.rowStride(),
                    b.columnStride(),
                    rows,
                    width);
            for (int i = 0; i < rows; i++) {
                System.arraycopy(scratch.result[i], 0, c, start + (g * m + i0 + i) * n + j0, width);
            }
        }
    }

    private void turned(int g, int i0, int width, int j0, int columns) {
        try (var scratch = RowScratch.take(DEPTH, columns)) {
            accumulate(
                    scratch,
                    y,
                    b.at(g, 0, j0),
                    b.columnStride(),
                    b.rowStride(),
                    x,
                    a.at(g, i0, 0),
                    a.columnStride(),
                    a.rowStride(),
                    columns,
                    width);
            for (int i = 0; i < width; i++) {
                scratch.targets[i] = i * n;
            }
            FloatRows.unpack(
                    scratch.result,
                    columns,
                    width,
                    c,
                    start + (g * m + i0) * n + j0,
                    scratch.targets);
        }
    }

    /** Sums of multiples of packed rows, slab by slab along the inner dimension. */
    private void accumulate(
            RowScratch scratch,
            float[] factors,
            int at,
            int step,
            int depthStep,
            float[] summands,
            int start,
            int rowStride,
            int columnStride,
            int count,
            int width) {
        int padded = FloatRows.padded(width);
        // A few sums leave nothing to gain from packed rows once they have left the first cache.
        int slab = count < 16 ? 8 : DEPTH;
        for (int i = 0; i < count; i++) {
            Arrays.fill(scratch.result[i], 0, padded, 0);
        }
        for (int l = 0; l < slab; l++) {
            scratch.offsets[l] = l * depthStep;
        }
        for (int l = 0; l < k; l += slab) {
            int depth = Math.min(slab, k - l);
            FloatRows.pack(
                    summands,
                    start + l * rowStride,
                    rowStride,
                    columnStride,
                    scratch.operand,
                    0,
                    depth,
                    width);
            FloatRows.accumulate(
                    factors,
                    at + l * depthStep,
                    step,
                    scratch.offsets,
                    depth,
                    scratch.operand,
                    scratch.result,
                    count,
                    padded);
        }
    }

    /** Chains along columns or, when these are too few, along rows. */
    private void scalar(int g, int i0, int i1, int j0, int j1) {
        int p = a.at(g, i0, 0);
        int q = b.at(g, 0, j0);
        int to = start + (g * m + i0) * n + j0;
        if (j1 - j0 >= 4 || j1 - j0 > i1 - i0) {
            chains(x, p, a.rowStride(), a.columnStride(), i1 - i0, n, y, q, b, j1 - j0, 1, to);
        } else {
            var t = transposed(x, a);
            chains(y, q, b.columnStride(), b.rowStride(), j1 - j0, 1, x, p, t, i1 - i0, n, to);
        }
    }

    /** The same matrix with rows for columns. */
    private static Matrix transposed(float[] x, Matrix a) {
        return new Matrix(
                x, 0, /* rowStride= */ a.columnStride(), /* columnStride= */ a.rowStride(), 0);
    }

    /** Per row of {@code left}, sums over the columns of {@code right}, eight or four at a time. */
    private void chains(
            float[] left,
            int p,
            int pRow,
            int ps,
            int rows,
            int rowStep,
            float[] right,
            int q,
            Matrix columns,
            int count,
            int columnStep,
            int to) {
        int qs = columns.rowStride();
        int gap = columns.columnStride();
        for (int i = 0; i < rows; i++, p += pRow, to += rowStep) {
            int j = 0;
            for (; j + 7 < count; j += 8) {
                eight(left, p, ps, right, q + j * gap, qs, gap, to + j * columnStep, columnStep);
            }
            for (; j + 3 < count; j += 4) {
                four(left, p, ps, right, q + j * gap, qs, gap, to + j * columnStep, columnStep);
            }
            for (; j < count; j++) {
                float sum = 0;
                for (int l = 0, s = p, t = q + j * gap; l < k; l++, s += ps, t += qs) {
                    sum = Math.fma(left[s], right[t], sum);
                }
                c[to + j * columnStep] = sum;
            }
        }
    }

    private void four(
            float[] left, int p, int ps, float[] right, int q, int qs, int gap, int to, int step) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int l = 0, s = p, t = q; l < k; l++, s += ps, t += qs) {
            float factor = left[s];
            s0 = Math.fma(factor, right[t], s0);
            s1 = Math.fma(factor, right[t + gap], s1);
            s2 = Math.fma(factor, right[t + 2 * gap], s2);
            s3 = Math.fma(factor, right[t + 3 * gap], s3);
        }
        c[to] = s0;
        c[to + step] = s1;
        c[to + 2 * step] = s2;
        c[to + 3 * step] = s3;
    }

    private void eight(
            float[] left, int p, int ps, float[] right, int q, int qs, int gap, int to, int step) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        for (int l = 0, s = p, t = q; l < k; l++, s += ps, t += qs) {
            float factor = left[s];
            s0 = Math.fma(factor, right[t], s0);
            s1 = Math.fma(factor, right[t + gap], s1);
            s2 = Math.fma(factor, right[t + 2 * gap], s2);
            s3 = Math.fma(factor, right[t + 3 * gap], s3);
            s4 = Math.fma(factor, right[t + 4 * gap], s4);
            s5 = Math.fma(factor, right[t + 5 * gap], s5);
            s6 = Math.fma(factor, right[t + 6 * gap], s6);
            s7 = Math.fma(factor, right[t + 7 * gap], s7);
        }
        c[to] = s0;
        c[to + step] = s1;
        c[to + 2 * step] = s2;
        c[to + 3 * step] = s3;
        c[to + 4 * step] = s4;
        c[to + 5 * step] = s5;
        c[to + 6 * step] = s6;
        c[to + 7 * step] = s7;
    }
}
