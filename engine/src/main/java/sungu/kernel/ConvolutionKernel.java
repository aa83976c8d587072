package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.kernel.DotKernel.Matrix;
import sungu.primitive.Convolution;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;

import java.util.Arrays;
import java.util.List;

/**
 * Convolutions. Float32, and the smaller floats widened to it, run as {@link PackedConvolution},
 * those of single channels as {@link DepthwiseConvolution}, and those of few or far apart windows
 * as products of what windows see, gathered to rows, and the kernel. The other types add tap by
 * tap.
 */
public final class ConvolutionKernel {
    private static final int GATHERED = 1 << 17;

    private ConvolutionKernel() {}

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
        if (out.size() == 0) {
            return;
        }
        var dtype = out.dtype();
        if (x.size() == 0 || kernel.size() == 0) {
            Copy.flat(
                    HostTensor.newArray(dtype, out.shape()),
                    out.array(),
                    out.size() * dtype.lanes());
            finish(after, out.size());
            return;
        }
        var window = convolution.window(kernel.shape());
        var sizes = ConvolutionSizes.of(convolution, x.shape(), kernel.shape(), out.shape());
        if (dtype.arithmetic() == DType.Arithmetic.FLOAT) {
            var phases = WindowPhase.of(window, x.shape(), out.shape());
            if (dtype == DType.FLOAT32) {
                floats(
                        sizes,
                        phases,
                        (float[]) x.array(),
                        (float[]) kernel.array(),
                        (float[]) out.array(),
                        after);
                return;
            }
            var result = new float[out.size()];
            floats(sizes, phases, widen(x), widen(kernel), result, null);
            Blocks.store(dtype, result, out.array(), 0, result.length);
        } else {
            switch (dtype.arithmetic()) {
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
        finish(after, out.size());
    }

    private static void finish(Parallel.@Nullable Range after, int size) {
        if (after != null) {
            after.run(0, size);
        }
    }

    static float[] widen(HostTensor x) {
        var wide = new float[x.size()];
        Blocks.load(x.dtype(), x.array(), 0, wide, wide.length);
        return wide;
    }

    static double[] pairs(HostTensor x) {
        var wide = new double[2 * x.size()];
        Blocks.load(x.dtype(), x.array(), 0, wide, wide.length);
        return wide;
    }

    private static void floats(
            ConvolutionSizes s,
            List<WindowPhase> phases,
            float[] x,
            float[] kernel,
            float[] out,
            Parallel.@Nullable Range after) {
        if (s.groups() > 1 && s.channels() == 1) {
            new DepthwiseConvolution(s, phases, x, kernel, out).run(after);
            return;
        }
        if (s.groups() == 1 && s.map().taps == 1 && phases.get(0).same()) {
            Gemm.run(
                    new Matrix(x, 0, s.channels(), 1, 0),
                    new Matrix(kernel, 0, s.filters(), 1, 0),
                    1,
                    s.windows(),
                    s.channels(),
                    s.filters(),
                    out,
                    0,
                    after);
            return;
        }
        var packed = new PackedConvolution(s, phases, x, kernel, out);
        if (packed.pays()) {
            packed.run(after);
            return;
        }
        int columns = s.columns();
        int windows = s.windows();
        int rows = Math.max(1, Math.min(256, GATHERED / columns));
        for (int g = 0; g < s.groups(); g++) {
            int group = g;
            Parallel.loop(windows, rows, (from, to) -> patches(s, x, kernel, group, from, to, out));
        }
        finish(after, windows * s.outputRow());
    }

    /** Rows of what windows see, multiplied by the kernel as a matrix. */
    private static void patches(
            ConvolutionSizes s,
            float[] x,
            float[] kernel,
            int group,
            int from,
            int to,
            float[] out) {
        int columns = s.columns();
        int rows = to - from;
        var gathered = new float[rows * columns];
        gather(s, x, group, from, to, gathered);
        boolean one = s.groups() == 1;
        var sums = one ? out : new float[rows * s.filters()];
        Gemm.run(
                new Matrix(gathered, 0, columns, 1, 0),
                new Matrix(kernel, group * s.filters(), s.outputRow(), 1, 0),
                1,
                rows,
                columns,
                s.filters(),
                sums,
                one ? from * s.outputRow() : 0,
                null);
        for (int i = 0; !one && i < rows; i++) {
            System.arraycopy(
                    sums,
                    i * s.filters(),
                    out,
                    (from + i) * s.outputRow() + group * s.filters(),
                    s.filters());
        }
    }

    /** What each window sees of a group's channels, as a row; padding stays zero. */
    private static void gather(
            ConvolutionSizes s, float[] x, int group, int from, int to, float[] rows) {
        var taps = new int[s.map().taps];
        int at = 0;
        for (int w = from; w < to; w++) {
            s.map().taps(w % s.map().outputs, taps);
            int start = w / s.map().outputs * s.map().inputs;
            for (int tap : taps) {
                if (tap >= 0) {
                    System.arraycopy(
                            x,
                            (start + tap) * s.inputRow() + group * s.channels(),
                            rows,
                            at,
                            s.channels());
                }
                at += s.channels();
            }
        }
    }

    private static void doubles(ConvolutionSizes s, double[] x, double[] kernel, double[] out) {
        int chunk = Math.max(1, (1 << 15) / (s.columns() * s.outputRow()));
        Parallel.loop(
                s.windows(),
                chunk,
                (from, to) -> {
                    Arrays.fill(out, from * s.outputRow(), to * s.outputRow(), 0);
                    s.products(
                            from,
                            to,
                            (input, output, weight) -> {
                                double factor = x[input];
                                for (int f = 0; f < s.filters(); f++) {
                                    out[output + f] =
                                            Math.fma(factor, kernel[weight + f], out[output + f]);
                                }
                            });
                });
    }

    private static void complex(
            ConvolutionSizes s, double[] x, double[] kernel, DType dtype, Object out) {
        var sums = new double[2 * s.windows() * s.outputRow()];
        s.products(
                0,
                s.windows(),
                (input, output, weight) -> {
                    double re = x[2 * input];
                    double im = x[2 * input + 1];
                    for (int f = 0; f < s.filters(); f++) {
                        int i = 2 * (output + f);
                        int k = 2 * (weight + f);
                        sums[i] += re * kernel[k] - im * kernel[k + 1];
                        sums[i + 1] += re * kernel[k + 1] + im * kernel[k];
                    }
                });
        Blocks.store(dtype, sums, out, 0, sums.length);
    }

    private static void integers(
            ConvolutionSizes s, HostTensor x, HostTensor kernel, HostTensor out) {
        var weights = new long[kernel.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = kernel.integer(i);
        }
        var sums = new long[out.size()];
        s.products(
                0,
                s.windows(),
                (input, output, weight) -> {
                    long factor = x.integer(input);
                    for (int f = 0; f < s.filters(); f++) {
                        sums[output + f] += factor * weights[weight + f];
                    }
                });
        for (int i = 0; i < sums.length; i++) {
            Numbers.putLong(out.dtype(), out.array(), i, sums[i]);
        }
    }
}
