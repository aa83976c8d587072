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
        for (int i = 0; i < axes.size(); i++) {
            int axis = axes.get(i);
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
            array = foldedFirst(axes, x);
            inner = out.size();
        }
        int outer = inner == 0 ? 0 : out.size() / inner;
        rows(fold, x.dtype(), array, outer, folded, inner, out.array());
    }

    private static Object foldedFirst(Ints axes, HostTensor x) {
        var shape = x.shape();
        var strides = shape.strides();
        var from = new int[strides.length];
        var dims = new int[strides.length];
        int k = 0;
        int kept = axes.size();
        for (int i = 0; i < strides.length; i++) {
            int position = axes.contains(i) ? k++ : kept++;
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
        switch (dtype.arithmetic()) {
            case FLOAT, DOUBLE -> FloatFolds.run(fold, dtype, a, outer, folded, inner, c);
            default ->
                    Parallel.loop(
                            outer,
                            Math.max(1, CHUNK / Math.max(1, folded * inner)),
                            (from, to) -> exact(fold, dtype, a, folded, inner, c, from, to));
        }
    }

    private static void exact(
            Fold fold, DType dtype, Object a, int folded, int inner, Object c, int from, int to) {
        for (int o = from; o < to; o++) {
            int start = o * folded * inner;
            if (dtype.isComplex()) {
                complex(fold, dtype, a, start, folded, inner, c, o * inner);
            } else {
                integers(fold, dtype, a, start, folded, inner, c, o * inner);
            }
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
            double re = FloatFolds.neutral(fold);
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
                double sum = FloatFolds.neutral(p.fold());
                for (int k = 0; k < n; k++, at += step) {
                    double next = FloatFolds.join(p.fold(), sum, Numbers.get(dtype, x.array(), at));
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
        var sum = new double[] {FloatFolds.neutral(p.fold()), 0};
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
