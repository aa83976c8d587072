package sungu.kernel;

import sungu.primitive.Cumulative;
import sungu.primitive.Reduce.Fold;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Numbers;

/**
 * Folds. The input is seen as (outer, folded, inner): neighbouring axes of one sort merge, and
 * where the folded axes are scattered the input is brought into that form first. Floats accumulate
 * in double, integers in long, in a fixed order.
 */
public final class ReduceKernel {
    private static final int CHUNK = 1 << 14;

    private ReduceKernel() {}

    /** Folds {@code axes} of {@code x} into {@code out}. */
    public static void run(Fold fold, Ints axes, HostTensor x, HostTensor out) {
        var shape = x.shape();
        int first = Integer.MAX_VALUE;
        int last = -1;
        int folded = 1;
        for (int axis : axes.toArray()) {
            first = Math.min(first, axis);
            last = Math.max(last, axis);
            folded *= shape.dim(axis);
        }
        if (last < 0) {
            Copy.flat(x.array(), out.array(), out.size() * out.dtype().lanes());
            return;
        }
        Object array = x.array();
        int inner = 1;
        if (last - first + 1 == axes.size()) {
            for (int i = last + 1; i < shape.rank(); i++) {
                inner *= shape.dim(i);
            }
        } else {
            array = foldedLast(axes, x, out.shape().rank());
        }
        int outer = inner == 0 ? 0 : out.size() / inner;
        rows(fold, x.dtype(), array, outer, folded, inner, out.array());
    }

    private static Object foldedLast(Ints axes, HostTensor x, int kept) {
        var shape = x.shape();
        var strides = shape.strides();
        var from = new int[strides.length];
        var dims = new int[strides.length];
        int k = 0;
        for (int i = 0; i < strides.length; i++) {
            int position = axes.contains(i) ? kept + (i - k) : k++;
            from[position] = strides[i];
            dims[position] = shape.dim(i);
        }
        var to = HostTensor.newArray(x.dtype(), shape);
        Copy.strided(
                x.array(),
                0,
                from,
                to,
                0,
                sungu.tensor.Shape.of(dims).strides(),
                dims,
                x.dtype().lanes());
        return to;
    }

    private static void rows(
            Fold fold, DType dtype, Object a, int outer, int folded, int inner, Object c) {
        int chunk = Math.max(1, CHUNK / Math.max(1, folded * inner));
        Parallel.loop(
                outer,
                chunk,
                (from, to) -> {
                    for (int o = from; o < to; o++) {
                        int start = o * folded * inner;
                        switch (dtype.arithmetic()) {
                            case FLOAT, DOUBLE -> {
                                if (a instanceof float[] f && inner > 1) {
                                    columns(fold, f, start, folded, inner, (float[]) c, o * inner);
                                } else if (a instanceof float[] f) {
                                    ((float[]) c)[o] = (float) row(fold, f, start, folded);
                                } else {
                                    floating(fold, dtype, a, start, folded, inner, c, o * inner);
                                }
                            }
                            case COMPLEX ->
                                    complex(fold, dtype, a, start, folded, inner, c, o * inner);
                            default -> integers(fold, dtype, a, start, folded, inner, c, o * inner);
                        }
                    }
                });
    }

    private static double row(Fold fold, float[] a, int start, int n) {
        return switch (fold) {
            case SUM -> {
                // Four running sums let the additions overlap; their number is fixed, so the bits
                // are too.
                double s0 = 0;
                double s1 = 0;
                double s2 = 0;
                double s3 = 0;
                int i = 0;
                for (; i + 3 < n; i += 4) {
                    s0 += a[start + i];
                    s1 += a[start + i + 1];
                    s2 += a[start + i + 2];
                    s3 += a[start + i + 3];
                }
                for (; i < n; i++) {
                    s0 += a[start + i];
                }
                yield (s0 + s1) + (s2 + s3);
            }
            case PRODUCT -> {
                double product = 1;
                for (int i = 0; i < n; i++) {
                    product *= a[start + i];
                }
                yield product;
            }
            case MAX -> {
                float max = Float.NEGATIVE_INFINITY;
                for (int i = 0; i < n; i++) {
                    max = Math.max(max, a[start + i]);
                }
                yield max;
            }
            case MIN -> {
                float min = Float.POSITIVE_INFINITY;
                for (int i = 0; i < n; i++) {
                    min = Math.min(min, a[start + i]);
                }
                yield min;
            }
        };
    }

    /** Many columns at once: whole rows are folded into a row of accumulators. */
    private static void columns(
            Fold fold, float[] a, int start, int folded, int inner, float[] c, int to) {
        var sums = new double[inner];
        java.util.Arrays.fill(sums, neutral(fold));
        var row = new float[inner];
        for (int k = 0; k < folded; k++) {
            System.arraycopy(a, start + k * inner, row, 0, inner);
            switch (fold) {
                case SUM -> {
                    for (int i = 0; i < inner; i++) {
                        sums[i] += row[i];
                    }
                }
                case PRODUCT -> {
                    for (int i = 0; i < inner; i++) {
                        sums[i] *= row[i];
                    }
                }
                case MAX -> {
                    for (int i = 0; i < inner; i++) {
                        sums[i] = Math.max(sums[i], row[i]);
                    }
                }
                case MIN -> {
                    for (int i = 0; i < inner; i++) {
                        sums[i] = Math.min(sums[i], row[i]);
                    }
                }
            }
        }
        for (int i = 0; i < inner; i++) {
            c[to + i] = (float) sums[i];
        }
    }

    private static double neutral(Fold fold) {
        return switch (fold) {
            case SUM -> 0;
            case PRODUCT -> 1;
            case MAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
        };
    }

    private static double join(Fold fold, double x, double y) {
        return switch (fold) {
            case SUM -> x + y;
            case PRODUCT -> x * y;
            case MAX -> Math.max(x, y);
            case MIN -> Math.min(x, y);
        };
    }

    private static void floating(
            Fold fold, DType dtype, Object a, int start, int folded, int inner, Object c, int to) {
        for (int i = 0; i < inner; i++) {
            double sum = neutral(fold);
            for (int k = 0; k < folded; k++) {
                sum = join(fold, sum, Numbers.get(dtype, a, start + k * inner + i));
            }
            Numbers.put(dtype, c, to + i, sum);
        }
    }

    private static long neutral(Fold fold, DType dtype) {
        boolean max = fold == Fold.MAX;
        return switch (fold) {
            case SUM -> 0;
            case PRODUCT -> 1;
            case MAX, MIN ->
                    switch (dtype) {
                        case BOOL -> max ? 0 : 1;
                        case UINT8, UINT16, UINT32, UINT64 ->
                                max ? 0 : -1L >>> (64 - 8 * dtype.bytes());
                        default ->
                                max
                                        ? Long.MIN_VALUE >> (64 - 8 * dtype.bytes())
                                        : Long.MAX_VALUE >> (64 - 8 * dtype.bytes());
                    };
        };
    }

    private static long join(Fold fold, long x, long y, boolean unsigned) {
        return switch (fold) {
            case SUM -> x + y;
            case PRODUCT -> x * y;
            case MAX -> (unsigned ? Long.compareUnsigned(x, y) : Long.compare(x, y)) >= 0 ? x : y;
            case MIN -> (unsigned ? Long.compareUnsigned(x, y) : Long.compare(x, y)) <= 0 ? x : y;
        };
    }

    private static void integers(
            Fold fold, DType dtype, Object a, int start, int folded, int inner, Object c, int to) {
        boolean unsigned = dtype == DType.UINT64;
        for (int i = 0; i < inner; i++) {
            long sum = neutral(fold, dtype);
            for (int k = 0; k < folded; k++) {
                sum = join(fold, sum, Numbers.getLong(dtype, a, start + k * inner + i), unsigned);
            }
            if (dtype == DType.BOOL) {
                ((byte[]) c)[to + i] = (byte) sum;
            } else {
                Numbers.putLong(dtype, c, to + i, sum);
            }
        }
    }

    private static void complex(
            Fold fold, DType dtype, Object a, int start, int folded, int inner, Object c, int to) {
        var x = new double[2];
        for (int i = 0; i < inner; i++) {
            double re = neutral(fold);
            double im = 0;
            for (int k = 0; k < folded; k++) {
                Blocks.load(dtype, a, 2 * (start + k * inner + i), x, 2);
                if (fold == Fold.SUM) {
                    re += x[0];
                    im += x[1];
                } else {
                    double next = re * x[0] - im * x[1];
                    im = re * x[1] + im * x[0];
                    re = next;
                }
            }
            x[0] = re;
            x[1] = im;
            Blocks.store(dtype, x, c, 2 * (to + i), 2);
        }
    }

    /** The index of the first extreme element; the first NaN counts as extreme. */
    public static void arg(boolean largest, int axis, HostTensor x, HostTensor out) {
        var shape = x.shape();
        int n = shape.dim(axis);
        int inner = 1;
        for (int i = axis + 1; i < shape.rank(); i++) {
            inner *= shape.dim(i);
        }
        boolean whole = x.dtype().isInteger();
        boolean unsigned = x.dtype() == DType.UINT64;
        for (int i = 0, size = out.size(); i < size; i++) {
            int start = i / inner * n * inner + i % inner;
            int best = 0;
            for (int k = 1; k < n; k++) {
                int order;
                if (whole) {
                    long a = Numbers.getLong(x.dtype(), x.array(), start + k * inner);
                    long b = Numbers.getLong(x.dtype(), x.array(), start + best * inner);
                    order = unsigned ? Long.compareUnsigned(a, b) : Long.compare(a, b);
                } else {
                    double a = Numbers.get(x.dtype(), x.array(), start + k * inner);
                    double b = Numbers.get(x.dtype(), x.array(), start + best * inner);
                    // NaN beats all but an earlier NaN; -0.0 and 0.0 are equal.
                    order = b != b ? 0 : a != a ? (largest ? 1 : -1) : a > b ? 1 : a < b ? -1 : 0;
                }
                if (largest ? order > 0 : order < 0) {
                    best = k;
                }
            }
            Numbers.putLong(out.dtype(), out.array(), i, best);
        }
    }

    /** Running folds along an axis. */
    public static void cumulative(Cumulative p, HostTensor x, HostTensor out) {
        var shape = x.shape();
        var dtype = x.dtype();
        int n = shape.dim(p.axis());
        int inner = 1;
        for (int i = p.axis() + 1; i < shape.rank(); i++) {
            inner *= shape.dim(i);
        }
        int lines = n == 0 ? 0 : x.size() / n;
        for (int line = 0; line < lines; line++) {
            int start = line / inner * n * inner + line % inner;
            int step = p.reverse() ? -inner : inner;
            int at = p.reverse() ? start + (n - 1) * inner : start;
            if (dtype.isComplex()) {
                complexLine(p, dtype, x.array(), out.array(), at, step, n);
            } else if (dtype.isFloating()) {
                double sum = neutral(p.fold());
                for (int k = 0; k < n; k++, at += step) {
                    double next = join(p.fold(), sum, Numbers.get(dtype, x.array(), at));
                    Numbers.put(dtype, out.array(), at, p.exclusive() ? sum : next);
                    sum = next;
                }
            } else {
                long sum = neutral(p.fold(), dtype);
                for (int k = 0; k < n; k++, at += step) {
                    long next =
                            join(
                                    p.fold(),
                                    sum,
                                    Numbers.getLong(dtype, x.array(), at),
                                    dtype == DType.UINT64);
                    Numbers.putLong(dtype, out.array(), at, p.exclusive() ? sum : next);
                    sum = next;
                }
            }
        }
    }

    private static void complexLine(
            Cumulative p, DType dtype, Object a, Object c, int at, int step, int n) {
        var sum = new double[] {neutral(p.fold()), 0};
        var x = new double[2];
        for (int k = 0; k < n; k++, at += step) {
            if (p.exclusive()) {
                Blocks.load(dtype, a, 2 * at, x, 2);
                Blocks.store(dtype, sum, c, 2 * at, 2);
            } else {
                Blocks.load(dtype, a, 2 * at, x, 2);
            }
            if (p.fold() == Fold.SUM) {
                sum[0] += x[0];
                sum[1] += x[1];
            } else {
                double re = sum[0] * x[0] - sum[1] * x[1];
                sum[1] = sum[0] * x[1] + sum[1] * x[0];
                sum[0] = re;
            }
            if (!p.exclusive()) {
                Blocks.store(dtype, sum, c, 2 * at, 2);
            }
        }
    }
}
