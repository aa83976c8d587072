package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.kernel.DotKernel.Matrix;
import sungu.primitive.Convolution;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;

import java.util.Arrays;

/**
 * Convolutions. Float32 (and the smaller floats, widened to it) gathers what windows see into rows
 * and multiplies them by the packed kernel, a chunk of windows per task; convolutions of few
 * channels per group run along the filters instead. The other types add tap by tap.
 */
public final class ConvolutionKernel {
    private static final int GATHERED = 1 << 17;
    private static final int FEW_FILTERS = 32;

    private ConvolutionKernel() {}

    /** Sizes that all loops need; channels and filters are those of one group. */
    private record Sizes(WindowMap map, int batch, int groups, int channels, int filters) {
        int windows() {
            return batch * map.outputs;
        }

        int columns() {
            return map.taps * channels;
        }

        int inputRow() {
            return groups * channels;
        }

        int outputRow() {
            return groups * filters;
        }
    }

    /** Computes {@code out = convolution(x, kernel)}. */
    public static void run(
            Convolution convolution, HostTensor x, HostTensor kernel, HostTensor out) {
        run(convolution, x, kernel, out, null);
    }

    /**
     * Computes {@code out = convolution(x, kernel)} and hands finished elements to {@code after}.
     *
     * @param after called on flat ranges of {@code out}, whole rows of its last axis, by the thread
     *     that has just computed them; each element exactly once
     */
    public static void run(
            Convolution convolution,
            HostTensor x,
            HostTensor kernel,
            HostTensor out,
            Parallel.@Nullable Range after) {
        convolve(convolution, x, kernel, out);
        if (after != null && out.size() > 0) {
            after.run(0, out.size());
        }
    }

    private static void convolve(
            Convolution convolution, HostTensor x, HostTensor kernel, HostTensor out) {
        if (out.size() == 0) {
            return;
        }
        var dtype = out.dtype();
        if (x.size() == 0 || kernel.size() == 0) {
            Copy.flat(
                    HostTensor.newArray(dtype, out.shape()),
                    out.array(),
                    out.size() * dtype.lanes());
            return;
        }
        var map = new WindowMap(convolution.window(kernel.shape()), x.shape(), out.shape());
        int groups = convolution.groups();
        var sizes =
                new Sizes(
                        map,
                        x.shape().dim(0),
                        groups,
                        kernel.shape().dim(-2),
                        kernel.shape().dim(-1) / groups);
        switch (dtype.arithmetic()) {
            case FLOAT -> {
                if (dtype == DType.FLOAT32) {
                    floats(
                            sizes,
                            (float[]) x.array(),
                            (float[]) kernel.array(),
                            (float[]) out.array());
                } else {
                    var result = new float[out.size()];
                    floats(sizes, widen(x), widen(kernel), result);
                    Blocks.store(dtype, result, out.array(), 0, result.length);
                }
            }
            case DOUBLE ->
                    doubles(
                            sizes,
                            (double[]) x.array(),
                            (double[]) kernel.array(),
                            (double[]) out.array());
            case COMPLEX -> complex(sizes, pairs(x), pairs(kernel), dtype, out.array());
            default -> integers(sizes, x, kernel, out);
        }
    }

    private static float[] widen(HostTensor x) {
        var wide = new float[x.size()];
        Blocks.load(x.dtype(), x.array(), 0, wide, wide.length);
        return wide;
    }

    private static double[] pairs(HostTensor x) {
        var wide = new double[2 * x.size()];
        Blocks.load(x.dtype(), x.array(), 0, wide, wide.length);
        return wide;
    }

    private static void floats(Sizes s, float[] x, float[] kernel, float[] out) {
        if (s.groups > 1 && s.filters < FEW_FILTERS) {
            alongFilters(s, x, kernel, out);
            return;
        }
        int columns = s.columns();
        int windows = s.windows();
        int rows = Math.max(1, Math.min(256, GATHERED / columns));
        // Enough chunks to share out, however few windows there are.
        int chunk = Math.min(rows, Math.max(4, (windows + 15) / 16));
        for (int g = 0; g < s.groups; g++) {
            int group = g;
            Parallel.loop(
                    windows, chunk, (from, to) -> patches(s, x, kernel, group, from, to, out));
        }
    }

    /** Rows of what windows see, multiplied by the kernel as a matrix. */
    private static void patches(
            Sizes s, float[] x, float[] kernel, int group, int from, int to, float[] out) {
        int columns = s.columns();
        int rows = to - from;
        var gathered = new float[rows * columns];
        gather(s, x, group, from, to, gathered);
        boolean one = s.groups == 1;
        var sums = one ? out : new float[rows * s.filters];
        Gemm.run(
                new Matrix(gathered, 0, columns, 1, 0),
                new Matrix(kernel, group * s.filters, s.outputRow(), 1, 0),
                1,
                rows,
                columns,
                s.filters,
                sums,
                one ? from * s.outputRow() : 0,
                null);
        for (int i = 0; !one && i < rows; i++) {
            System.arraycopy(
                    sums,
                    i * s.filters,
                    out,
                    (from + i) * s.outputRow() + group * s.filters,
                    s.filters);
        }
    }

    /** What each window sees of a group's channels, as a row; padding stays zero. */
    private static void gather(Sizes s, float[] x, int group, int from, int to, float[] rows) {
        var taps = new int[s.map.taps];
        int at = 0;
        for (int w = from; w < to; w++) {
            s.map.taps(w % s.map.outputs, taps);
            int start = w / s.map.outputs * s.map.inputs;
            for (int tap : taps) {
                if (tap >= 0) {
                    System.arraycopy(
                            x,
                            (start + tap) * s.inputRow() + group * s.channels,
                            rows,
                            at,
                            s.channels);
                }
                at += s.channels;
            }
        }
    }

    /**
     * Depthwise and narrow groups: per tap and channel of the groups, one multiply-add along all
     * filters.
     */
    private static void alongFilters(Sizes s, float[] x, float[] kernel, float[] out) {
        int width = s.outputRow();
        var rows = new float[s.columns()][width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(kernel, i * width, rows[i], 0, width);
        }
        Parallel.loop(
                s.windows(),
                Math.max(1, (1 << 15) / (rows.length * width)),
                (from, to) -> {
                    var taps = new int[s.map.taps];
                    var sums = new float[width];
                    var spread = new float[width];
                    for (int w = from; w < to; w++) {
                        s.map.taps(w % s.map.outputs, taps);
                        int start = w / s.map.outputs * s.map.inputs;
                        Arrays.fill(sums, 0);
                        for (int t = 0; t < taps.length; t++) {
                            for (int c = 0; taps[t] >= 0 && c < s.channels; c++) {
                                spread(s, x, (start + taps[t]) * s.inputRow() + c, spread);
                                multiplyAdd(spread, rows[t * s.channels + c], sums, width);
                            }
                        }
                        System.arraycopy(sums, 0, out, w * width, width);
                    }
                });
    }

    private static void spread(Sizes s, float[] x, int at, float[] to) {
        if (s.filters == 1 && s.channels == 1) {
            System.arraycopy(x, at, to, 0, to.length);
            return;
        }
        for (int g = 0; g < s.groups; g++) {
            Arrays.fill(to, g * s.filters, (g + 1) * s.filters, x[at + g * s.channels]);
        }
    }

    private static void multiplyAdd(float[] a, float[] b, float[] c, int n) {
        for (int i = 0; i < n; i++) {
            c[i] = Math.fma(a[i], b[i], c[i]);
        }
    }

    private static void doubles(Sizes s, double[] x, double[] kernel, double[] out) {
        Parallel.loop(
                s.windows(),
                chunk(s),
                (from, to) -> {
                    var taps = new int[s.map.taps];
                    for (int w = from; w < to; w++) {
                        s.map.taps(w % s.map.outputs, taps);
                        int start = w / s.map.outputs * s.map.inputs;
                        int row = w * s.outputRow();
                        Arrays.fill(out, row, row + s.outputRow(), 0);
                        for (int g = 0; g < s.groups; g++) {
                            for (int t = 0; t < taps.length; t++) {
                                for (int c = 0; taps[t] >= 0 && c < s.channels; c++) {
                                    double value =
                                            x[
                                                    (start + taps[t]) * s.inputRow()
                                                            + g * s.channels
                                                            + c];
                                    int weights =
                                            (t * s.channels + c) * s.outputRow() + g * s.filters;
                                    for (int f = 0; f < s.filters; f++) {
                                        out[row + g * s.filters + f] =
                                                Math.fma(
                                                        value,
                                                        kernel[weights + f],
                                                        out[row + g * s.filters + f]);
                                    }
                                }
                            }
                        }
                    }
                });
    }

    private static int chunk(Sizes s) {
        return Math.max(1, (1 << 15) / Math.max(1, s.columns() * s.outputRow()));
    }

    /**
     * One product after the other: {@code visit} gets the output, input and kernel element indices.
     */
    private interface Product {
        void add(int input, int weight);
    }

    private static void products(Sizes s, int[] taps, int start, int filter, Product product) {
        int group = filter / s.filters;
        for (int t = 0; t < taps.length; t++) {
            for (int c = 0; taps[t] >= 0 && c < s.channels; c++) {
                product.add(
                        (start + taps[t]) * s.inputRow() + group * s.channels + c,
                        (t * s.channels + c) * s.outputRow() + filter);
            }
        }
    }

    private static void complex(Sizes s, double[] x, double[] kernel, DType dtype, Object out) {
        var taps = new int[s.map.taps];
        var sum = new double[2];
        for (int w = 0; w < s.windows(); w++) {
            s.map.taps(w % s.map.outputs, taps);
            for (int f = 0; f < s.outputRow(); f++) {
                sum[0] = 0;
                sum[1] = 0;
                products(
                        s,
                        taps,
                        w / s.map.outputs * s.map.inputs,
                        f,
                        (i, k) -> {
                            sum[0] += x[2 * i] * kernel[2 * k] - x[2 * i + 1] * kernel[2 * k + 1];
                            sum[1] += x[2 * i] * kernel[2 * k + 1] + x[2 * i + 1] * kernel[2 * k];
                        });
                Blocks.store(dtype, sum, out, 2 * (w * s.outputRow() + f), 2);
            }
        }
    }

    private static void integers(Sizes s, HostTensor x, HostTensor kernel, HostTensor out) {
        var taps = new int[s.map.taps];
        var sum = new long[1];
        for (int w = 0; w < s.windows(); w++) {
            s.map.taps(w % s.map.outputs, taps);
            for (int f = 0; f < s.outputRow(); f++) {
                sum[0] = 0;
                products(
                        s,
                        taps,
                        w / s.map.outputs * s.map.inputs,
                        f,
                        (i, k) -> sum[0] += x.integer(i) * kernel.integer(k));
                Numbers.putLong(out.dtype(), out.array(), w * s.outputRow() + f, sum[0]);
            }
        }
    }
}
