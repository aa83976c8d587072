package sungu.kernel;

import sungu.kernel.DotKernel.Layout;
import sungu.tensor.DType;
import sungu.tensor.Numbers;

/**
 * Matrix products of the types other than float32: rows of the right operand, copied to arrays of
 * their own, are multiplied and added to rows of sums.
 */
final class RowProducts {
    private static final int ROWS = 32;

    private RowProducts() {}

    /** Rows of the result that one task computes: a pass over the right operand serves them all. */
    private interface Task {
        void run(int batch, int from, int to);
    }

    private static void tasks(int batch, int m, Task task) {
        int perBatch = (m + ROWS - 1) / ROWS;
        Parallel.loop(
                batch * perBatch,
                1,
                (from, to) -> {
                    for (int t = from; t < to; t++) {
                        int first = t % perBatch * ROWS;
                        task.run(t / perBatch, first, Math.min(m, first + ROWS));
                    }
                });
    }

    static void doubles(
            double[] x,
            Layout a,
            double[] y,
            Layout b,
            int batch,
            int m,
            int k,
            int n,
            double[] c) {
        tasks(
                batch,
                m,
                (g, from, to) -> {
                    var sums = new double[to - from][n];
                    var row = new double[n];
                    for (int l = 0; l < k; l++) {
                        int q = b.at(g, l, 0);
                        for (int j = 0; j < n; j++, q += b.columnStride()) {
                            row[j] = y[q];
                        }
                        int p = a.at(g, 0, l);
                        for (int i = from; i < to; i++) {
                            add(x[p + i * a.rowStride()], row, sums[i - from], n);
                        }
                    }
                    for (int i = from; i < to; i++) {
                        System.arraycopy(sums[i - from], 0, c, (g * m + i) * n, n);
                    }
                });
    }

    private static void add(double factor, double[] row, double[] sums, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] = Math.fma(factor, row[j], sums[j]);
        }
    }

    static void integers(
            DType dtype,
            Object x,
            Layout a,
            Object y,
            Layout b,
            int batch,
            int m,
            int k,
            int n,
            Object c) {
        tasks(
                batch,
                m,
                (g, from, to) -> {
                    var sums = new long[to - from][n];
                    var row = new long[n];
                    for (int l = 0; l < k; l++) {
                        int q = b.at(g, l, 0);
                        for (int j = 0; j < n; j++, q += b.columnStride()) {
                            row[j] = Numbers.getLong(dtype, y, q);
                        }
                        int p = a.at(g, 0, l);
                        for (int i = from; i < to; i++) {
                            long factor = Numbers.getLong(dtype, x, p + i * a.rowStride());
                            add(factor, row, sums[i - from], n);
                        }
                    }
                    for (int i = from; i < to; i++) {
                        for (int j = 0; j < n; j++) {
                            Numbers.putLong(dtype, c, (g * m + i) * n + j, sums[i - from][j]);
                        }
                    }
                });
    }

    private static void add(long factor, long[] row, long[] sums, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += factor * row[j];
        }
    }

    static void complex(
            DType dtype,
            Object x,
            Layout a,
            Object y,
            Layout b,
            int batch,
            int m,
            int k,
            int n,
            Object c) {
        tasks(
                batch,
                m,
                (g, from, to) -> {
                    var real = new double[to - from][n];
                    var imaginary = new double[to - from][n];
                    var re = new double[n];
                    var im = new double[n];
                    var pair = new double[2];
                    for (int l = 0; l < k; l++) {
                        int q = b.at(g, l, 0);
                        for (int j = 0; j < n; j++, q += b.columnStride()) {
                            Blocks.load(dtype, y, 2 * q, pair, 2);
                            re[j] = pair[0];
                            im[j] = pair[1];
                        }
                        int p = a.at(g, 0, l);
                        for (int i = from; i < to; i++) {
                            Blocks.load(dtype, x, 2 * (p + i * a.rowStride()), pair, 2);
                            add(pair[0], re, -pair[1], im, real[i - from], n);
                            add(pair[0], im, pair[1], re, imaginary[i - from], n);
                        }
                    }
                    for (int i = from; i < to; i++) {
                        for (int j = 0; j < n; j++) {
                            pair[0] = real[i - from][j];
                            pair[1] = imaginary[i - from][j];
                            Blocks.store(dtype, pair, c, 2 * ((g * m + i) * n + j), 2);
                        }
                    }
                });
    }

    private static void add(double p, double[] x, double q, double[] y, double[] sums, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += p * x[j] + q * y[j];
        }
    }
}
