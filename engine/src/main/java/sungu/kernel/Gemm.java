package sungu.kernel;

import sungu.kernel.DotKernel.Matrix;
import sungu.tensor.DType;
import sungu.tensor.Numbers;

/**
 * Matrix products over Java arrays. Large float32 ones run row by row over packed rows of the right
 * operand: HotSpot vectorises a loop whose arrays share one index, so each packed row is an array
 * of its own and stays in the first-level cache.
 */
final class Gemm {
    private static final int COLUMNS = 512;
    private static final int DEPTH = 64;
    private static final int SMALL = 4096;

    private Gemm() {}

    static void floats(Matrix a, Matrix b, int batch, int m, int k, int n, float[] c) {
        var x = (float[]) a.array();
        var y = (float[]) b.array();
        long products = (long) m * k * n;
        Parallel.loop(
                batch,
                (int) Math.max(1, (1 << 16) / Math.max(1, products)),
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int xStart = i * a.batchStride();
                        int yStart = i * b.batchStride();
                        if (products <= SMALL || n == 1 || m == 1 && b.columnStride() != 1) {
                            small(a, xStart, b, yStart, m, k, n, c, i * m * n);
                        } else {
                            packed(
                                    x,
                                    xStart,
                                    a.rowStride(),
                                    a.columnStride(),
                                    y,
                                    yStart,
                                    b.rowStride(),
                                    b.columnStride(),
                                    m,
                                    k,
                                    n,
                                    c,
                                    i * m * n);
                        }
                    }
                });
    }

    private static void small(
            Matrix a, int xStart, Matrix b, int yStart, int m, int k, int n, float[] c, int start) {
        var x = (float[]) a.array();
        var y = (float[]) b.array();
        int xs = a.columnStride();
        int ys = b.rowStride();
        Parallel.loop(
                m,
                Math.max(1, (1 << 16) / Math.max(1, k * n)),
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        for (int j = 0; j < n; j++) {
                            float sum = 0;
                            int p = xStart + i * a.rowStride();
                            int q = yStart + j * b.columnStride();
                            for (int l = 0; l < k; l++) {
                                sum = Math.fma(x[p], y[q], sum);
                                p += xs;
                                q += ys;
                            }
                            c[start + i * n + j] = sum;
                        }
                    }
                });
    }

    private static void packed(
            float[] x,
            int xStart,
            int xRow,
            int xColumn,
            float[] y,
            int yStart,
            int yRow,
            int yColumn,
            int m,
            int k,
            int n,
            float[] c,
            int start) {
        int rowChunk = Math.max(8, Math.min(64, (1 << 18) / Math.max(1, k)));
        for (int j0 = 0; j0 < n; j0 += COLUMNS) {
            int width = Math.min(COLUMNS, n - j0);
            int first = j0;
            var rows = new float[k][width];
            for (int l = 0; l < k; l++) {
                pack(y, yStart + l * yRow + j0 * yColumn, yColumn, rows[l], width);
            }
            Parallel.loop(
                    m,
                    rowChunk,
                    (from, to) ->
                            block(
                                    x,
                                    xStart,
                                    xRow,
                                    xColumn,
                                    rows,
                                    from,
                                    to,
                                    k,
                                    width,
                                    c,
                                    start + first,
                                    n));
        }
    }

    /**
     * A right operand (k, n) packed for {@link #multiply}: panels of columns, in each a row array
     * per row.
     */
    static float[][][] pack(float[] y, int start, int rowStride, int k, int n) {
        var panels = new float[(n + COLUMNS - 1) / COLUMNS][][];
        for (int p = 0; p < panels.length; p++) {
            int width = Math.min(COLUMNS, n - p * COLUMNS);
            panels[p] = new float[k][width];
            for (int l = 0; l < k; l++) {
                pack(y, start + l * rowStride + p * COLUMNS, 1, panels[p][l], width);
            }
        }
        return panels;
    }

    /**
     * Multiplies {@code m} rows of {@code x} by a packed operand into rows of {@code c}, on the
     * calling thread.
     */
    static void multiply(
            float[] x,
            int xStart,
            int k,
            int m,
            float[][][] packed,
            float[] c,
            int start,
            int cRow) {
        for (int p = 0; p < packed.length; p++) {
            block(
                    x,
                    xStart,
                    k,
                    1,
                    packed[p],
                    0,
                    m,
                    k,
                    packed[p][0].length,
                    c,
                    start + p * COLUMNS,
                    cRow);
        }
    }

    private static void pack(float[] y, int start, int stride, float[] row, int width) {
        if (stride == 1) {
            System.arraycopy(y, start, row, 0, width);
            return;
        }
        for (int j = 0; j < width; j++) {
            row[j] = y[start + j * stride];
        }
    }

    private static void block(
            float[] x,
            int xStart,
            int xRow,
            int xColumn,
            float[][] rows,
            int from,
            int to,
            int k,
            int width,
            float[] c,
            int start,
            int n) {
        // Rows of the result are kept aside while a slab of packed rows, small enough for the
        // cache, is applied to all of them.
        var sums = new float[to - from][width];
        for (int l0 = 0; l0 < k; l0 += DEPTH) {
            int end = Math.min(k, l0 + DEPTH);
            for (int i = from; i < to; i++) {
                int p = xStart + i * xRow + l0 * xColumn;
                var sum = sums[i - from];
                int l = l0;
                for (; l + 3 < end; l += 4, p += 4 * xColumn) {
                    fma4(
                            x[p],
                            rows[l],
                            x[p + xColumn],
                            rows[l + 1],
                            x[p + 2 * xColumn],
                            rows[l + 2],
                            x[p + 3 * xColumn],
                            rows[l + 3],
                            sum,
                            width);
                }
                for (; l < end; l++, p += xColumn) {
                    fma1(x[p], rows[l], sum, width);
                }
            }
        }
        for (int i = from; i < to; i++) {
            System.arraycopy(sums[i - from], 0, c, start + i * n, width);
        }
    }

    private static void fma4(
            float p,
            float[] a,
            float q,
            float[] b,
            float r,
            float[] c,
            float s,
            float[] d,
            float[] sum,
            int n) {
        for (int j = 0; j < n; j++) {
            sum[j] =
                    Math.fma(
                            s,
                            d[j],
                            Math.fma(r, c[j], Math.fma(q, b[j], Math.fma(p, a[j], sum[j]))));
        }
    }

    private static void fma1(float p, float[] a, float[] sum, int n) {
        for (int j = 0; j < n; j++) {
            sum[j] = Math.fma(p, a[j], sum[j]);
        }
    }

    static void doubles(Matrix a, Matrix b, int batch, int m, int k, int n, double[] c) {
        var x = (double[]) a.array();
        var y = (double[]) b.array();
        for (int g = 0; g < batch; g++) {
            int batchIndex = g;
            Parallel.loop(
                    m,
                    Math.max(1, (1 << 16) / Math.max(1, k * n)),
                    (from, to) -> {
                        for (int i = from; i < to; i++) {
                            int row = (batchIndex * m + i) * n;
                            java.util.Arrays.fill(c, row, row + n, 0);
                            for (int l = 0; l < k; l++) {
                                double p =
                                        x[
                                                batchIndex * a.batchStride()
                                                        + i * a.rowStride()
                                                        + l * a.columnStride()];
                                int q = batchIndex * b.batchStride() + l * b.rowStride();
                                for (int j = 0; j < n; j++) {
                                    c[row + j] =
                                            Math.fma(p, y[q + j * b.columnStride()], c[row + j]);
                                }
                            }
                        }
                    });
        }
    }

    static void longs(DType dtype, Matrix a, Matrix b, int batch, int m, int k, int n, Object c) {
        for (int g = 0; g < batch; g++) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    long sum = 0;
                    for (int l = 0; l < k; l++) {
                        sum +=
                                Numbers.getLong(
                                                dtype,
                                                a.array(),
                                                g * a.batchStride()
                                                        + i * a.rowStride()
                                                        + l * a.columnStride())
                                        * Numbers.getLong(
                                                dtype,
                                                b.array(),
                                                g * b.batchStride()
                                                        + l * b.rowStride()
                                                        + j * b.columnStride());
                    }
                    Numbers.putLong(dtype, c, (g * m + i) * n + j, sum);
                }
            }
        }
    }

    static void complex(DType dtype, Matrix a, Matrix b, int batch, int m, int k, int n, Object c) {
        var x = new double[2];
        var y = new double[2];
        for (int g = 0; g < batch; g++) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double re = 0;
                    double im = 0;
                    for (int l = 0; l < k; l++) {
                        Blocks.load(
                                dtype,
                                a.array(),
                                2
                                        * (g * a.batchStride()
                                                + i * a.rowStride()
                                                + l * a.columnStride()),
                                x,
                                2);
                        Blocks.load(
                                dtype,
                                b.array(),
                                2
                                        * (g * b.batchStride()
                                                + l * b.rowStride()
                                                + j * b.columnStride()),
                                y,
                                2);
                        re += x[0] * y[0] - x[1] * y[1];
                        im += x[0] * y[1] + x[1] * y[0];
                    }
                    x[0] = re;
                    x[1] = im;
                    Blocks.store(dtype, x, c, 2 * ((g * m + i) * n + j), 2);
                }
            }
        }
    }
}
