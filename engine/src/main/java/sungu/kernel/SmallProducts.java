package sungu.kernel;

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

    /** Computes (batch, m, k) x (batch, k, n); each element is one chain of {@code fma} over k. */
    static void run(
            DotKernel.Matrix a, DotKernel.Matrix b, int batch, int m, int k, int n, float[] c) {
        var x = (float[]) a.array();
        var y = (float[]) b.array();
        int xStep = a.columnStride();
        int yStep = b.rowStride();
        int at = 0;
        for (int g = 0; g < batch; g++) {
            for (int i = 0; i < m; i++) {
                int row = a.at(g, i, 0);
                for (int j = 0; j < n; j++) {
                    int p = row;
                    int q = b.at(g, 0, j);
                    float sum = 0;
                    for (int l = 0; l < k; l++) {
                        sum = Math.fma(x[p], y[q], sum);
                        p += xStep;
                        q += yStep;
                    }
                    c[at++] = sum;
                }
            }
        }
    }
}
