package sungu.kernel;

import sungu.kernel.DotKernel.Layout;

/** Small float32 products: some sums at a time, straight from the operands. */
final class FloatChains {
    private FloatChains() {}

    /**
     * Computes a product (m, k) x (k, n), whose operands start at {@code p} and {@code q}, into
     * {@code c} from {@code to} on, with rows {@code length} apart: chains along columns or, when
     * these are too few, along rows.
     */
    static void run(
            float[] x,
            Layout a,
            int p,
            float[] y,
            Layout b,
            int q,
            int m,
            int k,
            int n,
            float[] c,
            int to,
            int length) {
        if (n >= 4 || n > m) {
            chains(
                    x,
                    p,
                    a.rowStride(),
                    a.columnStride(),
                    m,
                    length,
                    y,
                    q,
                    b.rowStride(),
                    b.columnStride(),
                    n,
                    1,
                    k,
                    c,
                    to);
        } else {
            chains(
                    y,
                    q,
                    b.columnStride(),
                    b.rowStride(),
                    n,
                    1,
                    x,
                    p,
                    a.columnStride(),
                    a.rowStride(),
                    m,
                    length,
                    k,
                    c,
                    to);
        }
    }

    /** Per row of {@code left}, sums over the columns of {@code right}, eight or four at a time. */
    private static void chains(
            float[] left,
            int p,
            int pRow,
            int ps,
            int rows,
            int rowStep,
            float[] right,
            int q,
            int qs,
            int gap,
            int count,
            int columnStep,
            int k,
            float[] c,
            int to) {
        for (int i = 0; i < rows; i++, p += pRow, to += rowStep) {
            int j = 0;
            for (; j + 7 < count; j += 8) {
                eight(
                        left,
                        p,
                        ps,
                        right,
                        q + j * gap,
                        qs,
                        gap,
                        k,
                        c,
                        to + j * columnStep,
                        columnStep);
            }
            for (; j + 3 < count; j += 4) {
                four(
                        left,
                        p,
                        ps,
                        right,
                        q + j * gap,
                        qs,
                        gap,
                        k,
                        c,
                        to + j * columnStep,
                        columnStep);
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

    private static void four(
            float[] left,
            int p,
            int ps,
            float[] right,
            int q,
            int qs,
            int gap,
            int k,
            float[] c,
            int to,
            int step) {
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

    private static void eight(
            float[] left,
            int p,
            int ps,
            float[] right,
            int q,
            int qs,
            int gap,
            int k,
            float[] c,
            int to,
            int step) {
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
