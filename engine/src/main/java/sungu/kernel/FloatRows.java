package sungu.kernel;

import java.util.Arrays;

/**
 * Sums of scaled rows, the inner loops of float32 products. HotSpot vectorises a loop whose arrays
 * are all read and written at the one loop index, so that each row is an array of its own; four
 * rows of sums by four summands an iteration keep the multipliers busy (16 multiply-adds for 8
 * loads and 4 stores), and a larger body is not vectorised any more.
 *
 * <p>Each sum is a chain of {@code fma} in the order of its summands, however rows are grouped:
 * results have the same bits for any blocking.
 */
final class FloatRows {
    /** The widest row: the eight rows that the inner loop touches stay in the first-level cache. */
    static final int WIDTH = 768;

    /**
     * Rows narrower than this are computed as if they were that wide: HotSpot chooses the width of
     * vectors by how often it has seen a loop turn, and makes them half as wide for 64 turns.
     */
    static final int NARROW = 72;

    /**
     * The length of a row's array. With its header of 16 bytes a row is a whole number of cache
     * lines, so that rows allocated in turn are aligned alike, as vector loads like it.
     */
    private static final int LENGTH = WIDTH + 12;

    private FloatRows() {}

    /** How many entries are computed for a row of that many. */
    static int padded(int width) {
        return Math.max(NARROW, width);
    }

    /** A row for {@link #WIDTH} numbers. */
    static float[] allocate() {
        return new float[LENGTH];
    }

    /**
     * Adds to row i of the scratch's results, for i below {@code m}, the sum over l below {@code k}
     * of its operand row l times {@code x[at + i * step + offsets[l]]}.
     */
    static void accumulate(
            RowScratch scratch, float[] x, int at, int step, int k, int m, int width) {
        accumulate(scratch, x, at, step, scratch.operand, 0, k, m, width);
    }

    /** The same with the rows of {@code b} from {@code first} on for operands. */
    static void accumulate(
            RowScratch scratch,
            float[] x,
            int at,
            int step,
            float[][] b,
            int first,
            int k,
            int m,
            int width) {
        var c = scratch.result;
        for (int i = 0; i + 3 < m; i += 4) {
            int p = at + i * step;
            fours(scratch, x, p, step, b, first, k, c[i], c[i + 1], c[i + 2], c[i + 3], width);
        }
        if (m % 4 != 0) {
            rest(scratch, x, at, step, b, first, k, m, width);
        }
    }

    /**
     * The last up to three rows: with those before them, whose sums are thrown away, if any are.
     */
    private static void rest(
            RowScratch scratch,
            float[] x,
            int at,
            int step,
            float[][] b,
            int first,
            int k,
            int m,
            int width) {
        var c = scratch.result;
        if (m < 4) {
            for (int i = 0; i < m; i++) {
                single(scratch.offsets, x, at + i * step, b, first, k, c[i], width);
            }
            return;
        }
        var lost = scratch.lost;
        int p = at + (m - 4) * step;
        var c1 = m % 4 == 3 ? c[m - 3] : lost[1];
        var c2 = m % 4 >= 2 ? c[m - 2] : lost[2];
        fours(scratch, x, p, step, b, first, k, lost[0], c1, c2, c[m - 1], width);
    }

    /** Four rows of sums. */
    private static void fours(
            RowScratch scratch,
            float[] x,
            int at,
            int step,
            float[][] b,
            int first,
            int k,
            float[] c0,
            float[] c1,
            float[] c2,
            float[] c3,
            int width) {
        var offsets = scratch.offsets;
        int l = 0;
        for (; l + 3 < k; l += 4) {
            four(x, at, step, offsets, l, b, first + l, c0, c1, c2, c3, width);
        }
        if (l < k) {
            scratch.rest(x, at, step, l, k - l, b, first + l);
            four(
                    scratch.restFactors,
                    0,
                    4,
                    RowScratch.REST_OFFSETS,
                    0,
                    scratch.restRows,
                    0,
                    c0,
                    c1,
                    c2,
                    c3,
                    width);
        }
    }

    /** One row of sums. */
    private static void single(
            int[] offsets, float[] x, int p, float[][] b, int first, int k, float[] c, int width) {
        int l = 0;
        for (; l + 3 < k; l += 4) {
            row(
                    x[p + offsets[l]],
                    x[p + offsets[l + 1]],
                    x[p + offsets[l + 2]],
                    x[p + offsets[l + 3]],
                    b[first + l],
                    b[first + l + 1],
                    b[first + l + 2],
                    b[first + l + 3],
                    c,
                    width);
        }
        for (; l < k; l++) {
            one(x[p + offsets[l]], b[first + l], c, width);
        }
    }

    /**
     * Adds four operands to four rows of sums. The number of a type of eight bytes that goes with
     * it has HotSpot compute eight entries at a time rather than sixteen: processors are as fast at
     * it, and half as many entries before the first and after the last aligned ones are left to
     * scalar code, which takes as long as 128 entries otherwise. It must not be left out, hence
     * returned.
     */
    private static long four(
            float[] x,
            int p,
            int step,
            int[] offsets,
            int l,
            float[][] rows,
            int first,
            float[] c0,
            float[] c1,
            float[] c2,
            float[] c3,
            int width) {
        int o0 = p + offsets[l];
        int o1 = p + offsets[l + 1];
        int o2 = p + offsets[l + 2];
        int o3 = p + offsets[l + 3];
        float x00 = x[o0];
        float x01 = x[o1];
        float x02 = x[o2];
        float x03 = x[o3];
        float x10 = x[o0 + step];
        float x11 = x[o1 + step];
        float x12 = x[o2 + step];
        float x13 = x[o3 + step];
        float x20 = x[o0 + 2 * step];
        float x21 = x[o1 + 2 * step];
        float x22 = x[o2 + 2 * step];
        float x23 = x[o3 + 2 * step];
        float x30 = x[o0 + 3 * step];
        float x31 = x[o1 + 3 * step];
        float x32 = x[o2 + 3 * step];
        float x33 = x[o3 + 3 * step];
        var b0 = rows[first];
        var b1 = rows[first + 1];
        var b2 = rows[first + 2];
        var b3 = rows[first + 3];
        long wide = 0;
        for (int j = 0; j < width; j++) {
            wide |= 1;
            float e = b0[j];
            float f = b1[j];
            float g = b2[j];
            float h = b3[j];
            float s0 = c0[j];
            float s1 = c1[j];
            float s2 = c2[j];
            float s3 = c3[j];
            c0[j] = Math.fma(x03, h, Math.fma(x02, g, Math.fma(x01, f, Math.fma(x00, e, s0))));
            c1[j] = Math.fma(x13, h, Math.fma(x12, g, Math.fma(x11, f, Math.fma(x10, e, s1))));
            c2[j] = Math.fma(x23, h, Math.fma(x22, g, Math.fma(x21, f, Math.fma(x20, e, s2))));
            c3[j] = Math.fma(x33, h, Math.fma(x32, g, Math.fma(x31, f, Math.fma(x30, e, s3))));
        }
        return wide;
    }

    /**
     * Adds to {@code c} the sum over l below {@code k} of {@code x[at + l * step]} times row l of a
     * matrix, each four of which are copied to {@code rows} first. A loop of its own, as it has to
     * be quick for the first rows that a program is asked for.
     */
    static void accumulate(
            float[] x,
            int at,
            int step,
            float[] from,
            int start,
            int rowStride,
            int k,
            float[][] rows,
            float[] c,
            int width,
            int padded) {
        var r0 = rows[0];
        var r1 = rows[1];
        var r2 = rows[2];
        var r3 = rows[3];
        int l = 0;
        int p = at;
        int q = start;
        for (; l + 3 < k; l += 4, p += 4 * step, q += 4 * rowStride) {
            System.arraycopy(from, q, r0, 0, width);
            System.arraycopy(from, q + rowStride, r1, 0, width);
            System.arraycopy(from, q + 2 * rowStride, r2, 0, width);
            System.arraycopy(from, q + 3 * rowStride, r3, 0, width);
            row(x[p], x[p + step], x[p + 2 * step], x[p + 3 * step], r0, r1, r2, r3, c, padded);
        }
        for (; l < k; l++, p += step, q += rowStride) {
            System.arraycopy(from, q, r0, 0, width);
            one(x[p], r0, c, padded);
        }
    }

    private static void row(
            float x0,
            float x1,
            float x2,
            float x3,
            float[] b0,
            float[] b1,
            float[] b2,
            float[] b3,
            float[] c,
            int width) {
        for (int j = 0; j < width; j++) {
            c[j] =
                    Math.fma(
                            x3,
                            b3[j],
                            Math.fma(x2, b2[j], Math.fma(x1, b1[j], Math.fma(x0, b0[j], c[j]))));
        }
    }

    private static void one(float x, float[] b, float[] c, int width) {
        for (int j = 0; j < width; j++) {
            c[j] = Math.fma(x, b[j], c[j]);
        }
    }

    /**
     * Copies a strided matrix into rows: entry j of row l is {@code from[at + l * rowStride + j *
     * columnStride]}; narrow rows are padded with zeros.
     */
    static void pack(
            float[] from,
            int at,
            int rowStride,
            int columnStride,
            float[][] rows,
            int first,
            int count,
            int width) {
        for (int l = 0; width < NARROW && l < count; l++) {
            Arrays.fill(rows[first + l], width, NARROW, 0);
        }
        pack(from, at, rowStride, columnStride, rows, first, count, 0, width);
    }

    /** Copies a strided matrix to a place in rows. */
    static void pack(
            float[] from,
            int at,
            int rowStride,
            int columnStride,
            float[][] rows,
            int first,
            int count,
            int to,
            int width) {
        if (columnStride == 1) {
            for (int l = 0; l < count; l++) {
                System.arraycopy(from, at + l * rowStride, rows[first + l], to, width);
            }
            return;
        }
        int l = 0;
        for (; l + 7 < count; l += 8) {
            pack8(from, at + l * rowStride, rowStride, columnStride, rows, first + l, to, width);
        }
        for (; l < count; l++) {
            var row = rows[first + l];
            for (int j = 0, p = at + l * rowStride; j < width; j++, p += columnStride) {
                row[to + j] = from[p];
            }
        }
    }

    private static void pack8(
            float[] from,
            int at,
            int rowStride,
            int columnStride,
            float[][] rows,
            int first,
            int to,
            int width) {
        var r0 = rows[first];
        var r1 = rows[first + 1];
        var r2 = rows[first + 2];
        var r3 = rows[first + 3];
        var r4 = rows[first + 4];
        var r5 = rows[first + 5];
        var r6 = rows[first + 6];
        var r7 = rows[first + 7];
        for (int j = to, p = at; j < to + width; j++, p += columnStride) {
            r0[j] = from[p];
            r1[j] = from[p + rowStride];
            r2[j] = from[p + 2 * rowStride];
            r3[j] = from[p + 3 * rowStride];
            r4[j] = from[p + 4 * rowStride];
            r5[j] = from[p + 5 * rowStride];
            r6[j] = from[p + 6 * rowStride];
            r7[j] = from[p + 7 * rowStride];
        }
    }

    /**
     * Writes entry j of row i to {@code to[at + targets[j] + i]}: the rows become columns. Those
     * with a negative target are left out.
     */
    static void unpack(float[][] rows, int count, int width, float[] to, int at, int[] targets) {
        int i = 0;
        for (; i + 7 < count; i += 8) {
            unpack8(rows, i, width, to, at + i, targets);
        }
        for (; i < count; i++) {
            var row = rows[i];
            for (int j = 0; j < width; j++) {
                if (targets[j] < 0) {
                    continue;
                }
                to[at + targets[j] + i] = row[j];
            }
        }
    }

    private static void unpack8(
            float[][] rows, int first, int width, float[] to, int at, int[] targets) {
        var r0 = rows[first];
        var r1 = rows[first + 1];
        var r2 = rows[first + 2];
        var r3 = rows[first + 3];
        var r4 = rows[first + 4];
        var r5 = rows[first + 5];
        var r6 = rows[first + 6];
        var r7 = rows[first + 7];
        for (int j = 0; j < width; j++) {
            int p = at + targets[j];
            if (targets[j] < 0) {
                continue;
            }
            to[p] = r0[j];
            to[p + 1] = r1[j];
            to[p + 2] = r2[j];
            to[p + 3] = r3[j];
            to[p + 4] = r4[j];
            to[p + 5] = r5[j];
            to[p + 6] = r6[j];
            to[p + 7] = r7[j];
        }
    }
}
