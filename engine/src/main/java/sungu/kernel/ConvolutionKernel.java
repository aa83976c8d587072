package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.primitive.Convolution;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;
import sungu.tensor.TensorType;

import java.util.Arrays;

/**
 * Convolutions. Float32, and the smaller floats widened to it, run as {@link PackedConvolution},
 * those of single channels as {@link DepthwiseConvolution}, and those of few or far apart windows
 * as {@link GatheredConvolution}. The other types add tap by tap.
 */
public final class ConvolutionKernel {
    private final ConvolutionSizes s;

    /** How floats are computed; null for other types, and where there is nothing to compute. */
    private final @Nullable FloatConvolution floats;

    /**
     * Makes a convolution ready for operands of these types; a kernel runs in one thread at a time,
     * which may share out the work.
     */
    public ConvolutionKernel(Convolution convolution, TensorType x, Shape kernel, Shape out) {
        s = ConvolutionSizes.of(convolution, x.shape(), kernel, out);
        boolean some = x.size() > 0 && kernel.size() > 0 && out.size() > 0;
        floats =
                some && x.dtype().arithmetic() == DType.Arithmetic.FLOAT
                        ? FloatConvolution.of(
                                s, WindowPhase.of(convolution.window(kernel), x.shape(), out))
                        : null;
    }

    /**
     * Computes {@code out = convolution(x, kernel)} and hands finished elements to {@code after}.
     *
     * @param after called on flat ranges of {@code out}, whole rows of its last axis, by the thread
     *     that has just computed them; each element exactly once
     */
    public void run(
            HostTensor x, HostTensor kernel, HostTensor out, Parallel.@Nullable Range after) {
        if (out.size() == 0) {
            return;
        }
        var dtype = out.dtype();
        if (x.size() == 0 || kernel.size() == 0) {
            Copy.flat(
                    HostTensor.newArray(dtype, out.shape()),
                    out.array(),
                    out.size() * dtype.lanes());
        } else if (floats == null) {
            switch (dtype.arithmetic()) {
                case DOUBLE ->
                        doubles(
                                s,
                                (double[]) x.array(),
                                (double[]) kernel.array(),
                                (double[]) out.array());
                case COMPLEX -> complex(s, pairs(x), pairs(kernel), dtype, out.array());
                default -> integers(s, x, kernel, out);
            }
        } else if (dtype == DType.FLOAT32) {
            floats.run((float[]) x.array(), (float[]) kernel.array(), (float[]) out.array(), after);
            return;
        } else {
            var result = new float[out.size()];
            floats.run(widen(x), widen(kernel), result, null);
            Blocks.store(dtype, result, out.array(), 0, result.length);
        }
        if (after != null) {
            after.run(0, out.size());
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
