package sungu.kernel;

import sungu.primitive.Reduce.Fold;
import sungu.tensor.DType;
import sungu.tensor.Numbers;

import java.util.Arrays;

/**
 * Folds of floating-point numbers, accumulated in double in a fixed order: long lines are cut into
 * pieces whose borders depend on sizes alone, pieces are folded side by side, and what they come to
 * is joined in their order.
 */
final class FloatFolds {
    /** Elements of a piece. */
    private static final int PIECE = 1 << 15;

    /** Columns that are folded at a time. */
    private static final int TILE = Scratch.BLOCK;

    /** Rows narrower than this are folded several at a time. */
    private static final int NARROW = 32;

    /** A matrix of so few elements is folded without tiles. */
    private static final int FEW = 128;

    private FloatFolds() {}

    /**
     * Folds the middle axis of (outer, folded, inner).
     *
     * @param dtype float32, float64 or a smaller floating type
     */
    static void run(Fold fold, DType dtype, Object a, int outer, int folded, int inner, Object c) {
        int height = Math.max(1, PIECE / Math.max(1, inner));
        int pieces = Math.max(1, (folded + height - 1) / height);
        if (pieces > 1) {
            pieces(fold, dtype, a, outer, folded, inner, c, height, pieces);
        } else if (inner == 1) {
            if ((long) outer * folded <= PIECE) {
                lines(fold, dtype, a, folded, c, 0, outer);
            } else {
                Parallel.loop(
                        outer,
                        Math.max(1, PIECE / folded),
                        (from, to) -> lines(fold, dtype, a, folded, c, from, to));
            }
        } else if (outer == 1 && folded * inner <= FEW && a instanceof float[] f) {
            few(fold, f, folded, inner, (float[]) c);
        } else {
            int tiles = (inner + TILE - 1) / TILE;
            int each = Math.max(1, folded * Math.min(inner, TILE));
            if ((long) outer * tiles * each <= PIECE) {
                tiles(fold, dtype, a, folded, inner, c, tiles, 0, outer * tiles);
            } else {
                Parallel.loop(
                        outer * tiles,
                        Math.max(1, PIECE / each),
                        (from, to) -> tiles(fold, dtype, a, folded, inner, c, tiles, from, to));
            }
        }
    }

    /** Folds n elements from {@code start} on, in one piece. */
    static float row(Fold fold, float[] a, int start, int n) {
        return (float) line(fold, a, start, n);
    }

    /** Columns of a small matrix, one by one. */
    private static void few(Fold fold, float[] a, int folded, int inner, float[] c) {
        for (int j = 0; j < inner; j++) {
            double result = neutral(fold);
            for (int k = 0; k < folded; k++) {
                result = join(fold, result, a[k * inner + j]);
            }
            c[j] = (float) result;
        }
    }

    /** Lines that lie contiguously, each in one piece. */
    private static void lines(
            Fold fold, DType dtype, Object a, int folded, Object c, int from, int to) {
        if (a instanceof float[] f && c instanceof float[] out) {
            for (int o = from; o < to; o++) {
                out[o] = (float) line(fold, f, o * folded, folded);
            }
            return;
        }
        for (int o = from; o < to; o++) {
            Numbers.put(dtype, c, o, line(fold, dtype, a, o * folded, folded));
        }
    }

    private static double line(Fold fold, DType dtype, Object a, int start, int n) {
        if (a instanceof float[] f) {
            return line(fold, f, start, n);
        }
        if (a instanceof double[] d) {
            return line(fold, d, start, n);
        }
        var scratch = Scratch.take();
        double result = neutral(fold);
        for (int i = 0; i < n; i += Scratch.BLOCK) {
            int count = Math.min(Scratch.BLOCK, n - i);
            Blocks.load(dtype, a, start + i, scratch.floats0, count);
            result = join(fold, result, line(fold, scratch.floats0, 0, count));
        }
        scratch.give();
        return result;
    }

    /** Tiles of columns, each over all rows. */
    private static void tiles(
            Fold fold,
            DType dtype,
            Object a,
            int folded,
            int inner,
            Object c,
            int tiles,
            int from,
            int to) {
        var scratch = Scratch.take();
        for (int i = from; i < to; i++) {
            int o = i / tiles;
            int column = i % tiles * TILE;
            int width = Math.min(TILE, inner - column);
            columns(fold, dtype, a, o * folded * inner + column, folded, inner, width, scratch);
            double[] sums = scratch.doubles0;
            int at = o * inner + column;
            if (c instanceof float[] out) {
                for (int j = 0; j < width; j++) {
                    out[at + j] = (float) sums[j];
                }
            } else {
                for (int j = 0; j < width; j++) {
                    Numbers.put(dtype, c, at + j, sums[j]);
                }
            }
        }
        scratch.give();
    }

    private static void pieces(
            Fold fold,
            DType dtype,
            Object a,
            int outer,
            int folded,
            int inner,
            Object c,
            int height,
            int pieces) {
        var parts = new double[outer * pieces * inner];
        Parallel.loop(
                outer * pieces,
                1,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        int o = i / pieces;
                        int row = i % pieces * height;
                        int rows = Math.min(height, folded - row);
                        int start = (o * folded + row) * inner;
                        if (inner == 1) {
                            parts[i] = line(fold, dtype, a, start, rows);
                        } else {
                            piece(fold, dtype, a, start, rows, inner, parts, i * inner);
                        }
                    }
                });
        for (int o = 0; o < outer; o++) {
            int first = o * pieces * inner;
            for (int k = 1; k < pieces; k++) {
                for (int j = 0; j < inner; j++) {
                    parts[first + j] = join(fold, parts[first + j], parts[first + k * inner + j]);
                }
            }
            for (int j = 0; j < inner; j++) {
                Numbers.put(dtype, c, o * inner + j, parts[first + j]);
            }
        }
    }

    private static void piece(
            Fold fold,
            DType dtype,
            Object a,
            int start,
            int rows,
            int inner,
            double[] parts,
            int at) {
        var scratch = Scratch.take();
        for (int column = 0; column < inner; column += TILE) {
            int width = Math.min(TILE, inner - column);
            columns(fold, dtype, a, start + column, rows, inner, width, scratch);
            System.arraycopy(scratch.doubles0, 0, parts, at + column, width);
        }
        scratch.give();
    }

    /** Folds rows of some columns into {@link Scratch#doubles0}. */
    private static void columns(
            Fold fold,
            DType dtype,
            Object a,
            int start,
            int rows,
            int stride,
            int width,
            Scratch scratch) {
        double[] sums = scratch.doubles0;
        int together = width == stride && width < NARROW ? 2 * NARROW / width : 1;
        int wide = width * together;
        Arrays.fill(sums, 0, wide, neutral(fold));
        int row = 0;
        for (; row + together <= rows; row += together) {
            row(fold, dtype, a, start + row * stride, wide, scratch);
        }
        for (int k = 1; k < together; k++) {
            for (int j = 0; j < width; j++) {
                sums[j] = join(fold, sums[j], sums[k * width + j]);
            }
        }
        for (; row < rows; row++) {
            row(fold, dtype, a, start + row * stride, width, scratch);
        }
    }

    private static void row(Fold fold, DType dtype, Object a, int start, int n, Scratch scratch) {
        double[] sums = scratch.doubles0;
        if (a instanceof float[] f) {
            switch (fold) {
                case SUM -> add(sums, f, start, n);
                case PRODUCT -> multiply(sums, f, start, n);
                case MAX -> max(sums, f, start, n);
                case MIN -> min(sums, f, start, n);
            }
        } else if (a instanceof double[] d) {
            for (int i = 0; i < n; i++) {
                sums[i] = join(fold, sums[i], d[start + i]);
            }
        } else {
            Blocks.load(dtype, a, start, scratch.floats0, n);
            row(fold, dtype, scratch.floats0, 0, n, scratch);
        }
    }

    private static void add(double[] sums, float[] a, int start, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += a[start + i];
        }
    }

    private static void multiply(double[] sums, float[] a, int start, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] *= a[start + i];
        }
    }

    private static void max(double[] sums, float[] a, int start, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] = Math.max(sums[i], a[start + i]);
        }
    }

    private static void min(double[] sums, float[] a, int start, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] = Math.min(sums[i], a[start + i]);
        }
    }

    /**
     * Several running values let the operations overlap; their number is fixed, so the bits are.
     */
    private static double line(Fold fold, float[] a, int start, int n) {
        if (fold == Fold.SUM) {
            return sum(a, start, n);
        }
        int i = start;
        int end = start + n;
        return switch (fold) {
            case MAX -> {
                float m0 = Float.NEGATIVE_INFINITY;
                float m1 = m0;
                float m2 = m0;
                float m3 = m0;
                for (; i + 3 < end; i += 4) {
                    m0 = Math.max(m0, a[i]);
                    m1 = Math.max(m1, a[i + 1]);
                    m2 = Math.max(m2, a[i + 2]);
                    m3 = Math.max(m3, a[i + 3]);
                }
                for (; i < end; i++) {
                    m0 = Math.max(m0, a[i]);
                }
                yield Math.max(Math.max(m0, m1), Math.max(m2, m3));
            }
            case MIN -> {
                float m0 = Float.POSITIVE_INFINITY;
                float m1 = m0;
                float m2 = m0;
                float m3 = m0;
                for (; i + 3 < end; i += 4) {
                    m0 = Math.min(m0, a[i]);
                    m1 = Math.min(m1, a[i + 1]);
                    m2 = Math.min(m2, a[i + 2]);
                    m3 = Math.min(m3, a[i + 3]);
                }
                for (; i < end; i++) {
                    m0 = Math.min(m0, a[i]);
                }
                yield Math.min(Math.min(m0, m1), Math.min(m2, m3));
            }
            default -> {
                double r0 = 1;
                double r1 = 1;
                double r2 = 1;
                double r3 = 1;
                for (; i + 3 < end; i += 4) {
                    r0 *= a[i];
                    r1 *= a[i + 1];
                    r2 *= a[i + 2];
                    r3 *= a[i + 3];
                }
                for (; i < end; i++) {
                    r0 *= a[i];
                }
                yield (r0 * r1) * (r2 * r3);
            }
        };
    }

    private static double sum(float[] a, int start, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = start;
        int end = start + n;
        for (; i + 7 < end; i += 8) {
            s0 += a[i];
            s1 += a[i + 1];
            s2 += a[i + 2];
            s3 += a[i + 3];
            s4 += a[i + 4];
            s5 += a[i + 5];
            s6 += a[i + 6];
            s7 += a[i + 7];
        }
        for (; i < end; i++) {
            s0 += a[i];
        }
        return ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7));
    }

    private static double line(Fold fold, double[] a, int start, int n) {
        double r0 = neutral(fold);
        double r1 = r0;
        double r2 = r0;
        double r3 = r0;
        int i = start;
        int end = start + n;
        for (; i + 3 < end; i += 4) {
            r0 = join(fold, r0, a[i]);
            r1 = join(fold, r1, a[i + 1]);
            r2 = join(fold, r2, a[i + 2]);
            r3 = join(fold, r3, a[i + 3]);
        }
        for (; i < end; i++) {
            r0 = join(fold, r0, a[i]);
        }
        return join(fold, join(fold, r0, r1), join(fold, r2, r3));
    }

    static double neutral(Fold fold) {
        return switch (fold) {
            case SUM -> 0;
            case PRODUCT -> 1;
            case MAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
        };
    }

    static double join(Fold fold, double x, double y) {
        return switch (fold) {
            case SUM -> x + y;
            case PRODUCT -> x * y;
            case MAX -> Math.max(x, y);
            case MIN -> Math.min(x, y);
        };
    }
}
