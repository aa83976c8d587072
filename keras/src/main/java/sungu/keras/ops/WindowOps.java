package sungu.keras.ops;

import sungu.keras.config.KerasConfig;
import sungu.ops.Windows;
import sungu.tensor.Tensor;

import java.util.List;

/** Convolutions and pools. */
final class WindowOps {
    private WindowOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "conv(inputs, kernel, | strides=1, padding='valid', data_format=None,"
                        + " dilation_rate=1)",
                a -> convolved(a, Windows::conv));
        t.op(
                "conv_transpose(inputs, kernel, | strides=1, padding='valid', output_padding=None,"
                        + " data_format=None, dilation_rate=1)",
                a -> {
                    var xs = pair(a, "inputs", "kernel");
                    return Windows.convTranspose(
                            xs.get(0),
                            xs.get(1),
                            a.ints("strides"),
                            a.text("padding"),
                            a.axes("output_padding"),
                            format(a),
                            a.ints("dilation_rate"));
                });
        t.op(
                "depthwise_conv(inputs, kernel, | strides=1, padding='valid', data_format=None,"
                        + " dilation_rate=1)",
                a -> convolved(a, Windows::depthwiseConv));
        t.op(
                "separable_conv(inputs, depthwise_kernel, pointwise_kernel, | strides=1,"
                        + " padding='valid', data_format=None, dilation_rate=1)",
                a -> {
                    var xs = pair(a, "inputs", "depthwise_kernel");
                    return Windows.separableConv(
                            xs.get(0),
                            xs.get(1),
                            a.tensor("pointwise_kernel"),
                            a.ints("strides"),
                            a.text("padding"),
                            format(a),
                            a.ints("dilation_rate"));
                });
        t.op(
                "max_pool(inputs, | pool_size, strides=None, padding='valid', data_format=None)",
                a -> pooled(a, Windows::maxPool));
        t.op(
                "average_pool(inputs, | pool_size, strides=None, padding='valid',"
                        + " data_format=None)",
                a -> pooled(a, Windows::averagePool));
        t.op(
                "adaptive_average_pool(inputs, | output_size, data_format=None)",
                a ->
                        Windows.adaptiveAveragePool(
                                a.tensor("inputs"), a.ints("output_size"), format(a)));
        t.op(
                "adaptive_max_pool(inputs, | output_size, data_format=None)",
                a -> Windows.adaptiveMaxPool(a.tensor("inputs"), a.ints("output_size"), format(a)));
    }

    private interface Convolution {
        Tensor of(
                Tensor x, Tensor kernel, int[] strides, String padding, String format, int[] rate);
    }

    private static Tensor convolved(Given a, Convolution convolution) {
        var xs = pair(a, "inputs", "kernel");
        return convolution.of(
                xs.get(0),
                xs.get(1),
                a.ints("strides"),
                a.text("padding"),
                format(a),
                a.ints("dilation_rate"));
    }

    private interface Pool {
        Tensor of(Tensor x, int[] size, int[] strides, String padding, String format);
    }

    private static Tensor pooled(Given a, Pool pool) {
        return pool.of(
                a.tensor("inputs"),
                a.ints("pool_size"),
                a.ints(a.has("strides") ? "strides" : "pool_size"),
                a.text("padding"),
                format(a));
    }

    private static List<Tensor> pair(Given a, String x, String kernel) {
        return Kind.together(List.of(a.tensor(x), a.tensor(kernel)));
    }

    static String format(Given a) {
        var format = a.textOrNone("data_format");
        return format == null ? KerasConfig.imageDataFormat() : format;
    }
}
