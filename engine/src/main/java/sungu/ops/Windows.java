package sungu.ops;

import org.jspecify.annotations.Nullable;

import sungu.primitive.Convolution;
import sungu.primitive.Reduce.Fold;
import sungu.primitive.Window;
import sungu.primitive.WindowReduce;
import sungu.tensor.DType;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;

/**
 * Convolution and pooling over 1 to 3 (or more) spatial dimensions, as {@code keras.ops} defines
 * them on TensorFlow.
 *
 * <p>Inputs are (batch, spatial..., channels) with data format {@code channels_last}, (batch,
 * channels, spatial...) with {@code channels_first}; outputs likewise. Kernels are (spatial...,
 * channels / groups, filters) in both. Strides, dilations and window sizes have one entry per
 * spatial dimension, or a single one for all. Padding is
 *
 * <ul>
 *   <li>{@code valid}: none; only whole windows count;
 *   <li>{@code same}: as much as gives {@code ceil(in / stride)} outputs, the odd element after the
 *       input;
 *   <li>{@code causal} (convolutions over one dimension): all before the input, so that no output
 *       sees a later input;
 *   <li>or explicit, by the methods that take {@code low} and {@code high}.
 * </ul>
 */
public final class Windows {
    private Windows() {}

    /**
     * Convolution, kernel not flipped. The number of groups follows from the channels of input and
     * kernel.
     *
     * @throws TensorException if ranks or channels do not fit, or no window fits into the input
     */
    public static Tensor conv(
            Tensor x,
            Tensor kernel,
            int[] strides,
            String padding,
            String dataFormat,
            int[] dilation) {
        int rank = spatial("conv", x, kernel);
        var last = toLast(x, dataFormat);
        var step = perAxis("conv", "strides", strides, rank);
        var gap = perAxis("conv", "dilation", dilation, rank);
        var size = kernel.shape().slice(0, rank).dims();
        var low = new int[rank];
        var high = new int[rank];
        pads("conv", padding, last.shape(), size, step, gap, low, high);
        return fromLast(convolve(last, kernel, step, gap, low, high), dataFormat);
    }

    /**
     * Convolution with explicit padding: {@code low[i]} zeros before and {@code high[i]} after the
     * input in spatial dimension i.
     */
    public static Tensor conv(
            Tensor x,
            Tensor kernel,
            int[] strides,
            int[] low,
            int[] high,
            String dataFormat,
            int[] dilation) {
        int rank = spatial("conv", x, kernel);
        return fromLast(
                convolve(
                        toLast(x, dataFormat),
                        kernel,
                        perAxis("conv", "strides", strides, rank),
                        perAxis("conv", "dilation", dilation, rank),
                        perAxis("conv", "low padding", low, rank),
                        perAxis("conv", "high padding", high, rank)),
                dataFormat);
    }

    private static Tensor convolve(
            Tensor x, Tensor kernel, int[] strides, int[] dilation, int[] low, int[] high) {
        int channels = x.shape().dim(-1);
        int taken = kernel.shape().dim(-2);
        if (taken == 0 || channels % taken != 0) {
            throw new TensorException(
                    "conv: the "
                            + channels
                            + " channels of input "
                            + x.type()
                            + " are no multiple of the "
                            + taken
                            + " that kernel "
                            + kernel.type()
                            + " takes");
        }
        var result =
                Context.bind(
                        new Convolution(
                                Ints.of(strides),
                                Ints.repeat(1, strides.length),
                                Ints.of(dilation),
                                Ints.of(low),
                                Ints.of(high),
                                channels / taken),
                        x,
                        kernel);
        if (result.size() == 0 && x.size() > 0 && kernel.size() > 0) {
            throw new TensorException(
                    "conv: input "
                            + x.type()
                            + " is too small for a window of kernel "
                            + kernel.type()
                            + " with dilation "
                            + Arrays.toString(dilation),
                    "use padding \"same\", or a smaller kernel");
        }
        return result;
    }

    /**
     * Convolves each channel by itself with {@code multiplier} filters.
     *
     * @param kernel (spatial..., channels, multiplier); output channel {@code c * multiplier + m}
     *     comes from channel c
     */
    public static Tensor depthwiseConv(
            Tensor x,
            Tensor kernel,
            int[] strides,
            String padding,
            String dataFormat,
            int[] dilation) {
        int rank = spatial("depthwiseConv", x, kernel);
        int channels = x.shape().dim(first(dataFormat) ? 1 : -1);
        if (kernel.shape().dim(-2) != channels) {
            throw new TensorException(
                    "depthwiseConv: input "
                            + x.type()
                            + " has "
                            + channels
                            + " channels, kernel "
                            + kernel.type()
                            + " takes "
                            + kernel.shape().dim(-2));
        }
        var grouped =
                kernel.shape()
                        .slice(0, rank)
                        .concat(Shape.of(1, channels * kernel.shape().dim(-1)));
        return conv(x, Movements.reshape(kernel, grouped), strides, padding, dataFormat, dilation);
    }

    /**
     * A depthwise convolution followed by one over the channels alone.
     *
     * @param pointwise (1..., channels * multiplier, filters)
     */
    public static Tensor separableConv(
            Tensor x,
            Tensor depthwise,
            Tensor pointwise,
            int[] strides,
            String padding,
            String dataFormat,
            int[] dilation) {
        int[] one = {1};
        return conv(
                depthwiseConv(x, depthwise, strides, padding, dataFormat, dilation),
                pointwise,
                one,
                "valid",
                dataFormat,
                one);
    }

    /**
     * Transposed convolution: what a convolution does to the gradient of its input.
     *
     * <p>With {@code e = (size - 1) * dilation + 1} the output has {@code (in - 1) * stride + e +
     * outputPadding} elements for padding {@code valid} (by default {@code max(e, stride) - e}),
     * and {@code (in - 1) * stride + e % 2 + outputPadding} for {@code same} (by default as many as
     * give {@code in * stride}).
     *
     * @param kernel (spatial..., filters, channels)
     * @param outputPadding one per spatial dimension or a single one; null for the default
     */
    public static Tensor convTranspose(
            Tensor x,
            Tensor kernel,
            int[] strides,
            String padding,
            int @Nullable [] outputPadding,
            String dataFormat,
            int[] dilation) {
        int rank = spatial("convTranspose", x, kernel);
        var last = toLast(x, dataFormat);
        if (last.shape().dim(-1) != kernel.shape().dim(-1)) {
            throw new TensorException(
                    "convTranspose: input "
                            + x.type()
                            + " has "
                            + last.shape().dim(-1)
                            + " channels, kernel "
                            + kernel.type()
                            + " takes "
                            + kernel.shape().dim(-1),
                    "the kernel is (spatial..., filters, channels)");
        }
        var step = perAxis("convTranspose", "strides", strides, rank);
        var gap = perAxis("convTranspose", "dilation", dilation, rank);
        var more =
                outputPadding == null
                        ? null
                        : perAxis("convTranspose", "output padding", outputPadding, rank);
        boolean same = same("convTranspose", padding);
        var dims = last.shape().dims();
        dims[rank + 1] = kernel.shape().dim(-2);
        var low = new int[rank];
        var high = new int[rank];
        for (int i = 0; i < rank; i++) {
            int in = last.shape().dim(i + 1);
            int reach = Window.reach(kernel.shape().dim(i), gap[i]);
            int out;
            if (same) {
                out = more == null ? in * step[i] : (in - 1) * step[i] + reach % 2 + more[i];
            } else {
                out =
                        (in - 1) * step[i]
                                + reach
                                + (more == null ? Math.max(reach, step[i]) - reach : more[i]);
            }
            int windows = same ? (out + step[i] - 1) / step[i] : (out - reach) / step[i] + 1;
            if (windows != in) {
                throw new TensorException(
                        "convTranspose: an output of "
                                + out
                                + " in spatial dimension "
                                + i
                                + " does not come from "
                                + in
                                + " inputs with stride "
                                + step[i],
                        "output padding must be less than the stride");
            }
            int missing = same ? Math.max((in - 1) * step[i] + reach - out, 0) : 0;
            low[i] = missing / 2;
            high[i] = missing - low[i];
            dims[i + 1] = out;
        }
        var forward =
                new Convolution(
                        Ints.of(step),
                        Ints.repeat(1, rank),
                        Ints.of(gap),
                        Ints.of(low),
                        Ints.of(high),
                        1);
        if (x.dtype() != kernel.dtype()) {
            forward.types(last.type(), kernel.type());
        }
        return fromLast(forward.inputGradient(last, kernel, Shape.of(dims)), dataFormat);
    }

    /**
     * The maximum of each window; padding does not count. The gradient goes to the first maximum of
     * a window.
     */
    public static Tensor maxPool(
            Tensor x, int[] size, int[] strides, String padding, String dataFormat) {
        return pool("maxPool", Fold.MAX, x, size, strides, padding, dataFormat);
    }

    /** The mean of each window, of the elements that are no padding. */
    public static Tensor averagePool(
            Tensor x, int[] size, int[] strides, String padding, String dataFormat) {
        return pool("averagePool", Fold.SUM, x, size, strides, padding, dataFormat);
    }

    private static Tensor pool(
            String name,
            Fold fold,
            Tensor x,
            int[] size,
            int[] strides,
            String padding,
            String dataFormat) {
        int rank = spatial(name, x, null);
        var last = toLast(x, dataFormat);
        var taps = perAxis(name, "pool size", size, rank);
        var step = perAxis(name, "strides", strides, rank);
        var one = Ints.repeat(1, rank);
        var low = new int[rank];
        var high = new int[rank];
        if (padding.equalsIgnoreCase("causal")) {
            throw badPadding(name, padding, "'valid' or 'same'");
        }
        pads(name, padding, last.shape(), taps, step, one.toArray(), low, high);
        var window =
                new Window(Ints.of(taps), Ints.of(step), one, one, Ints.of(low), Ints.of(high));
        return fromLast(
                fold == Fold.MAX
                        ? Context.bind(new WindowReduce(fold, window), last)
                        : average(last, window),
                dataFormat);
    }

    /** Sums over counts; the small floats are summed and divided as float32, and rounded once. */
    private static Tensor average(Tensor x, Window window) {
        var wide = x.dtype().isFloating() && x.dtype().bytes() < 4 ? x.cast(DType.FLOAT32) : x;
        var sums = Context.bind(new WindowReduce(Fold.SUM, window), wide);
        var counts = Tensor.ones(Shape.SCALAR, wide.dtype());
        for (int i = 0; i < window.rank(); i++) {
            var perWindow = new double[sums.shape().dim(i + 1)];
            for (int o = 0; o < perWindow.length; o++) {
                int from = o * window.strides().get(i) - window.low().get(i);
                perWindow[o] =
                        Math.min(from + window.size().get(i), x.shape().dim(i + 1))
                                - Math.max(from, 0);
            }
            var dims = Ints.repeat(1, x.rank()).toArray();
            dims[i + 1] = perWindow.length;
            counts =
                    counts.times(
                            Movements.reshape(
                                    Tensor.of(perWindow).cast(wide.dtype()), Shape.of(dims)));
        }
        return Elements.truncateDivide(sums, counts).cast(x.dtype());
    }

    /**
     * Means over windows that divide each spatial dimension evenly: output i covers the elements
     * from {@code floor(i * in / out)} up to (not including) {@code ceil((i + 1) * in / out)}.
     *
     * @param outputSize outputs per spatial dimension, or a single number for all
     */
    public static Tensor adaptiveAveragePool(Tensor x, int[] outputSize, String dataFormat) {
        return adaptive("adaptiveAveragePool", Fold.SUM, x, outputSize, dataFormat);
    }

    /** Maxima over the windows of {@link #adaptiveAveragePool}. */
    public static Tensor adaptiveMaxPool(Tensor x, int[] outputSize, String dataFormat) {
        return adaptive("adaptiveMaxPool", Fold.MAX, x, outputSize, dataFormat);
    }

    private static Tensor adaptive(
            String name, Fold fold, Tensor x, int[] outputSize, String dataFormat) {
        int rank = spatial(name, x, null);
        var out = perAxis(name, "output size", outputSize, rank);
        var result = toLast(x, dataFormat);
        for (int i = 0; i < rank; i++) {
            long in = result.shape().dim(i + 1);
            if (in % out[i] == 0) {
                result = along(fold, result, i, (int) in / out[i]);
                continue;
            }
            var parts = new ArrayList<Tensor>();
            for (int o = 0; o < out[i]; o++) {
                int from = (int) (o * in / out[i]);
                int to = (int) (((o + 1) * in + out[i] - 1) / out[i]);
                parts.add(along(fold, Movements.sliceAxis(result, i + 1, from, to), i, to - from));
            }
            result = Movements.concat(parts, i + 1);
        }
        return fromLast(result, dataFormat);
    }

    /** Pools windows side by side in one spatial dimension. */
    private static Tensor along(Fold fold, Tensor x, int axis, int size) {
        var one = Ints.repeat(1, x.rank() - 2);
        var none = Ints.repeat(0, x.rank() - 2);
        var taps = one.toArray();
        taps[axis] = size;
        var window = new Window(Ints.of(taps), Ints.of(taps), one, one, none, none);
        return fold == Fold.MAX
                ? Context.bind(new WindowReduce(fold, window), x)
                : average(x, window);
    }

    private static void pads(
            String name,
            String padding,
            Shape x,
            int[] size,
            int[] strides,
            int[] dilation,
            int[] low,
            int[] high) {
        boolean causal = padding.equalsIgnoreCase("causal");
        if (causal && size.length != 1) {
            throw new TensorException(
                    name
                            + ": padding 'causal' needs one spatial dimension, the input has "
                            + size.length);
        }
        if (!causal && !same(name, padding)) {
            return;
        }
        for (int i = 0; i < size.length; i++) {
            int in = x.dim(i + 1);
            int reach = Window.reach(size[i], dilation[i]);
            int out = (in + strides[i] - 1) / strides[i];
            int missing = causal ? reach - 1 : Math.max((out - 1) * strides[i] + reach - in, 0);
            low[i] = causal ? missing : missing / 2;
            high[i] = missing - low[i];
        }
    }

    private static boolean same(String name, String padding) {
        return switch (padding.toLowerCase(Locale.ROOT)) {
            case "same" -> true;
            case "valid" -> false;
            default ->
                    throw badPadding(
                            name,
                            padding,
                            name.equals("conv")
                                    ? "'valid', 'same' or 'causal'"
                                    : "'valid' or 'same'");
        };
    }

    private static TensorException badPadding(String name, String padding, String known) {
        return new TensorException(name + ": padding must be " + known + ", got '" + padding + "'");
    }

    private static int spatial(String name, Tensor x, @Nullable Tensor kernel) {
        if (x.rank() < 3) {
            throw new TensorException(
                    name
                            + ": the input must have a batch, spatial and a channel dimension, got "
                            + x.type(),
                    "add dimensions with reshape");
        }
        if (kernel != null && kernel.rank() != x.rank()) {
            throw new TensorException(
                    name
                            + ": input "
                            + x.type()
                            + " and kernel "
                            + kernel.type()
                            + " must have the same rank",
                    "the kernel has the spatial dimensions and two for channels");
        }
        return x.rank() - 2;
    }

    private static int[] perAxis(String name, String what, int[] values, int rank) {
        var all = values.length == 1 ? Ints.repeat(values[0], rank).toArray() : values;
        if (all.length != rank) {
            throw new TensorException(
                    name
                            + ": "
                            + what
                            + " "
                            + Arrays.toString(values)
                            + " must have one entry or one per spatial dimension ("
                            + rank
                            + ")");
        }
        boolean padding = what.endsWith("padding");
        for (int value : all) {
            if (value < (padding ? 0 : 1)) {
                throw new TensorException(
                        name
                                + ": "
                                + what
                                + " must be "
                                + (padding ? "0" : "1")
                                + " or more, got "
                                + Arrays.toString(values));
            }
        }
        return all;
    }

    private static boolean first(String dataFormat) {
        return switch (dataFormat) {
            case "channels_first" -> true;
            case "channels_last" -> false;
            default ->
                    throw new TensorException(
                            "data format must be 'channels_last' or 'channels_first', got '"
                                    + dataFormat
                                    + "'");
        };
    }

    private static Tensor toLast(Tensor x, String dataFormat) {
        if (!first(dataFormat)) {
            return x;
        }
        var order = new int[x.rank()];
        for (int i = 1; i < order.length; i++) {
            order[i] = i == order.length - 1 ? 1 : i + 1;
        }
        return Movements.transpose(x, order);
    }

    private static Tensor fromLast(Tensor x, String dataFormat) {
        if (!first(dataFormat)) {
            return x;
        }
        var order = new int[x.rank()];
        for (int i = 1; i < order.length; i++) {
            order[i] = i == 1 ? order.length - 1 : i - 1;
        }
        return Movements.transpose(x, order);
    }
}
