package sungu.kernel;

import sungu.primitive.Scatter;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;
import sungu.tensor.TensorException;

import java.util.Arrays;

/**
 * Slices combined into positions given by index vectors, in the order of the vectors; it runs in
 * one thread at a time.
 */
public final class ScatterKernel {
    private final Combine combine;
    private final SliceNumbers slices;

    /** Makes a scatter ready for operands of these shapes. */
    public ScatterKernel(Scatter scatter, Shape x, Shape indices) {
        combine = scatter.combine();
        slices = new SliceNumbers(scatter.vectors(), x, indices);
    }

    /**
     * Copies {@code x} to {@code out} and combines the updates into it. All indices are checked
     * before anything is written.
     */
    public void run(HostTensor x, HostTensor indices, HostTensor updates, HostTensor out) {
        var numbers = slices.of("scatter", indices);
        if (x.array() != out.array()) {
            Copy.flat(x.array(), out.array(), x.size() * x.dtype().lanes());
        }
        int outer = slices.outer;
        int count = slices.count;
        int width = slices.width;
        if (combine == Combine.ADD && slices.batches * outer == 1 && out.dtype() == DType.FLOAT32) {
            add((float[]) updates.array(), 0, width, numbers, count, width, (float[]) out.array());
            return;
        }
        for (int b = 0; b < slices.batches; b++) {
            for (int o = 0; o < outer; o++) {
                int to = (b * outer + o) * slices.space;
                int from = (b * outer + o) * count;
                for (int i = 0; i < count; i++) {
                    int number = numbers[b * count + i];
                    if (number >= 0) {
                        combine(
                                combine,
                                out,
                                (to + number) * width,
                                updates,
                                (from + i) * width,
                                width);
                    }
                }
            }
        }
    }

    /**
     * Adds rows that lie apart in {@code updates} to those of {@code x} that they are for: the
     * gradient of an embedding. All are float32; of {@code x} one element may stand for all.
     *
     * @param start where the first row begins
     * @param step from row to row
     */
    public void add(
            HostTensor x,
            HostTensor indices,
            HostTensor updates,
            int start,
            int step,
            HostTensor out) {
        var numbers = slices.of("scatter", indices);
        var sums = (float[]) out.array();
        if (x.size() < out.size()) {
            Fill.all(x.array(), sums, out.size());
        } else if (x.array() != sums) {
            Copy.flat(x.array(), sums, out.size());
        }
        add((float[]) updates.array(), start, step, numbers, slices.count, slices.width, sums);
    }

    private static void add(
            float[] updates, int start, int step, int[] offsets, int n, int width, float[] out) {
        for (int i = 0; i < n; i++) {
            if (offsets[i] >= 0) {
                int from = start + i * step;
                int to = offsets[i] * width;
                for (int k = 0; k < width; k++) {
                    out[to + k] += updates[from + k];
                }
            }
        }
    }

    private static void combine(
            Combine combine, HostTensor out, int to, HostTensor updates, int from, int n) {
        int lanes = out.dtype().lanes();
        if (combine == Combine.UPDATE) {
            System.arraycopy(updates.array(), from * lanes, out.array(), to * lanes, n * lanes);
            return;
        }
        switch (out.dtype().arithmetic()) {
            case FLOAT -> {
                if (out.array() instanceof float[] a) {
                    floats(combine, a, to, (float[]) updates.array(), from, n);
                } else {
                    smallFloats(combine, out, to, updates, from, n);
                }
            }
            case DOUBLE ->
                    doubles(
                            combine,
                            (double[]) out.array(),
                            to,
                            (double[]) updates.array(),
                            from,
                            n);
            case COMPLEX -> complex(combine, out, to, updates, from, n);
            case BOOL, INT, LONG, UNSIGNED -> integers(combine, out, to, updates, from, n);
            case NONE -> {
                for (int i = 0; i < n; i++) {
                    var head = out.bytes()[to + i];
                    var tail = updates.bytes()[from + i];
                    var joined = Arrays.copyOf(head, head.length + tail.length);
                    System.arraycopy(tail, 0, joined, head.length, tail.length);
                    out.bytes()[to + i] = joined;
                }
            }
        }
    }

    private static void floats(Combine combine, float[] a, int to, float[] u, int from, int n) {
        if (combine == Combine.ADD) {
            for (int i = 0; i < n; i++) {
                a[to + i] += u[from + i];
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            a[to + i] = (float) number(combine, a[to + i], u[from + i]);
        }
    }

    private static void doubles(Combine combine, double[] a, int to, double[] u, int from, int n) {
        for (int i = 0; i < n; i++) {
            a[to + i] = number(combine, a[to + i], u[from + i]);
        }
    }

    private static void smallFloats(
            Combine combine, HostTensor out, int to, HostTensor updates, int from, int n) {
        var dtype = out.dtype();
        for (int i = 0; i < n; i++) {
            Numbers.put(
                    dtype,
                    out.array(),
                    to + i,
                    number(combine, out.number(to + i), updates.number(from + i)));
        }
    }

    /**
     * In double, which rounded to float afterwards gives what float arithmetic gives for one
     * operation.
     */
    private static double number(Combine combine, double a, double u) {
        return switch (combine) {
            case UPDATE -> u;
            case ADD -> a + u;
            case MULTIPLY -> a * u;
            case DIVIDE -> a / u;
            case MIN -> Math.min(a, u);
            case MAX -> Math.max(a, u);
        };
    }

    private static void integers(
            Combine combine, HostTensor out, int to, HostTensor updates, int from, int n) {
        var dtype = out.dtype();
        boolean unsigned = dtype == DType.UINT64;
        for (int i = 0; i < n; i++) {
            long a = out.integer(to + i);
            long u = updates.integer(from + i);
            boolean less = unsigned ? Long.compareUnsigned(a, u) < 0 : a < u;
            if (combine == Combine.DIVIDE && u == 0) {
                throw new TensorException("scatter divide: an integer was divided by zero");
            }
            Numbers.putLong(
                    dtype,
                    out.array(),
                    to + i,
                    switch (combine) {
                        case UPDATE -> u;
                        case ADD -> a + u;
                        case MULTIPLY -> a * u;
                        case DIVIDE -> unsigned ? Long.divideUnsigned(a, u) : a / u;
                        case MIN -> less ? a : u;
                        case MAX -> less ? u : a;
                    });
        }
    }

    private static void complex(
            Combine combine, HostTensor out, int to, HostTensor updates, int from, int n) {
        for (int i = 0; i < n; i++) {
            double re = lane(out, 2 * (to + i));
            double im = lane(out, 2 * (to + i) + 1);
            double x = lane(updates, 2 * (from + i));
            double y = lane(updates, 2 * (from + i) + 1);
            switch (combine) {
                case ADD -> put(out, to + i, re + x, im + y);
                case MULTIPLY -> put(out, to + i, re * x - im * y, re * y + im * x);
                case DIVIDE -> {
                    double norm = x * x + y * y;
                    put(out, to + i, (re * x + im * y) / norm, (im * x - re * y) / norm);
                }
                default -> throw new IllegalArgumentException("complex numbers have no order");
            }
        }
    }

    private static double lane(HostTensor x, int entry) {
        return x.array() instanceof float[] f ? f[entry] : ((double[]) x.array())[entry];
    }

    private static void put(HostTensor out, int index, double re, double im) {
        if (out.array() instanceof float[] f) {
            f[2 * index] = (float) re;
            f[2 * index + 1] = (float) im;
        } else {
            var d = (double[]) out.array();
            d[2 * index] = re;
            d[2 * index + 1] = im;
        }
    }
}
