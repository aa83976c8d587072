package sungu.kernel;

import sungu.kernel.DotKernel.Layout;

/** Float32 products of a few elements, for which any preparation would cost more than the work. */
final class SmallProducts {
    /** Multiplications of a small product. */
    private static final int SMALL = 1024;

    /** Elements of a result so small that a product may take some more multiplications. */
    private static final int FEW = 16;

    private SmallProducts() {}

    static boolean fits(int batch, int m, int k, int n) {
        long elements = (long) batch * m * n;
        return elements * k <= SMALL || elements <= FEW && elements * k <= 8 * SMALL;
    }

    /**
     * Computes (batch, m, k) x (batch, k, n); each element is one chain of {@code fma} over k. Four
     * chains run side by side, as a multiply-add takes as long as four others to begin.
     */
    static void run(
            float[] x, Layout a, float[] y, Layout b, int batch, int m, int k, int n, float[] c) {
        int xStep = a.columnStride();
        int yStep = b.rowStride();
        int next = b.columnStride();
        int at = 0;
        for (int g = 0; g < batch; g++) {
            for (int i = 0; i < m; i++) {
                int row = a.at(g, i, 0);
                int column = b.at(g, 0, 0);
                int j = 0;
                for (; j + 3 < n; j += 4, column += 4 * next, at += 4) {
                    four(x, row, xStep, y, column, yStep, next, k, c, at);
                }
                for (; j < n; j++, column += next) {
                    c[at++] = one(x, row, xStep, y, column, yStep, k);
                }
            }
        }
    }

    private static void four(
            float[] x,
            int p,
            int xStep,
            float[] y,
            int q,
            int yStep,
            int next,
            int k,
            float[] c,
            int at) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int l = 0; l < k; l++, p += xStep, q += yStep) {
            float factor = x[p];
            sum0 = Math.fma(factor, y[q], sum0);
            sum1 = Math.fma(factor, y[q + next], sum1);
            sum2 = Math.fma(factor, y[q + 2 * next], sum2);
            sum3 = Math.fma(factor, y[q + 3 * next], sum3);
        }
        c[at] = sum0;
        c[at + 1] = sum1;
        c[at + 2] = sum2;
        c[at + 3] = sum3;
    }

    private static float one(float[] x, int p, int xStep, float[] y, int q, int yStep, int k) {
        float sum = 0;
        for (int l = 0; l < k; l++, p += xStep, q += yStep) {
            sum = Math.fma(x[p], y[q], sum);
        }
        return sum;
    }
}
