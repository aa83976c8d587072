package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Tensor;

import java.util.List;

/** {@link Ops}: activations, normalizations, windows and losses. */
abstract sealed class NetworkFunctions extends ArrayFunctions permits ControlFunctions {
    /** {@code keras.ops.relu(x)}. */
    public static Tensor relu(Object x) {
        return tensor(call("relu", x));
    }

    /** {@code keras.ops.gelu(x)}. */
    public static Tensor gelu(Object x) {
        return tensor(call("gelu", x));
    }

    /** {@code keras.ops.gelu(x, approximate)}. */
    public static Tensor gelu(Object x, @Nullable Object approximate) {
        return tensor(call("gelu", x, approximate));
    }

    /** {@code keras.ops.normalize(x)}. */
    public static Tensor normalize(Object x) {
        return tensor(call("normalize", x));
    }

    /** {@code keras.ops.normalize(x, axis, order, epsilon)}. */
    public static Tensor normalize(
            Object x, @Nullable Object axis, @Nullable Object order, @Nullable Object epsilon) {
        return tensor(call("normalize", x, axis, order, epsilon));
    }

    /** {@code keras.ops.conv(inputs, kernel)}. */
    public static Tensor conv(Object inputs, Object kernel) {
        return tensor(call("conv", inputs, kernel));
    }

    /** {@code keras.ops.conv(inputs, kernel, strides, padding, data_format, dilation_rate)}. */
    public static Tensor conv(
            Object inputs,
            Object kernel,
            @Nullable Object strides,
            @Nullable Object padding,
            @Nullable Object dataFormat,
            @Nullable Object dilationRate) {
        return tensor(call("conv", inputs, kernel, strides, padding, dataFormat, dilationRate));
    }

    /** {@code keras.ops.conv_transpose(inputs, kernel)}. */
    public static Tensor convTranspose(Object inputs, Object kernel) {
        return tensor(call("conv_transpose", inputs, kernel));
    }

    /**
     * {@code keras.ops.conv_transpose(inputs, kernel, strides, padding, output_padding,
     * data_format, dilation_rate)}.
     */
    public static Tensor convTranspose(
            Object inputs,
            Object kernel,
            @Nullable Object strides,
            @Nullable Object padding,
            @Nullable Object outputPadding,
            @Nullable Object dataFormat,
            @Nullable Object dilationRate) {
        return tensor(
                call(
                        "conv_transpose",
                        inputs,
                        kernel,
                        strides,
                        padding,
                        outputPadding,
                        dataFormat,
                        dilationRate));
    }

    /** {@code keras.ops.depthwise_conv(inputs, kernel)}. */
    public static Tensor depthwiseConv(Object inputs, Object kernel) {
        return tensor(call("depthwise_conv", inputs, kernel));
    }

    /**
     * {@code keras.ops.depthwise_conv(inputs, kernel, strides, padding, data_format,
     * dilation_rate)}.
     */
    public static Tensor depthwiseConv(
            Object inputs,
            Object kernel,
            @Nullable Object strides,
            @Nullable Object padding,
            @Nullable Object dataFormat,
            @Nullable Object dilationRate) {
        return tensor(
                call("depthwise_conv", inputs, kernel, strides, padding, dataFormat, dilationRate));
    }

    /** {@code keras.ops.separable_conv(inputs, depthwise_kernel, pointwise_kernel)}. */
    public static Tensor separableConv(
            Object inputs, Object depthwiseKernel, Object pointwiseKernel) {
        return tensor(call("separable_conv", inputs, depthwiseKernel, pointwiseKernel));
    }

    /**
     * {@code keras.ops.separable_conv(inputs, depthwise_kernel, pointwise_kernel, strides, padding,
     * data_format, dilation_rate)}.
     */
    public static Tensor separableConv(
            Object inputs,
            Object depthwiseKernel,
            Object pointwiseKernel,
            @Nullable Object strides,
            @Nullable Object padding,
            @Nullable Object dataFormat,
            @Nullable Object dilationRate) {
        return tensor(
                call(
                        "separable_conv",
                        inputs,
                        depthwiseKernel,
                        pointwiseKernel,
                        strides,
                        padding,
                        dataFormat,
                        dilationRate));
    }

    /** {@code keras.ops.max_pool(inputs, pool_size)}. */
    public static Tensor maxPool(Object inputs, Object poolSize) {
        return tensor(call("max_pool", inputs, poolSize));
    }

    /** {@code keras.ops.max_pool(inputs, pool_size, strides, padding, data_format)}. */
    public static Tensor maxPool(
            Object inputs,
            Object poolSize,
            @Nullable Object strides,
            @Nullable Object padding,
            @Nullable Object dataFormat) {
        return tensor(call("max_pool", inputs, poolSize, strides, padding, dataFormat));
    }

    /** {@code keras.ops.average_pool(inputs, pool_size)}. */
    public static Tensor averagePool(Object inputs, Object poolSize) {
        return tensor(call("average_pool", inputs, poolSize));
    }

    /** {@code keras.ops.average_pool(inputs, pool_size, strides, padding, data_format)}. */
    public static Tensor averagePool(
            Object inputs,
            Object poolSize,
            @Nullable Object strides,
            @Nullable Object padding,
            @Nullable Object dataFormat) {
        return tensor(call("average_pool", inputs, poolSize, strides, padding, dataFormat));
    }

    /** {@code keras.ops.adaptive_average_pool(inputs, output_size)}. */
    public static Tensor adaptiveAveragePool(Object inputs, Object outputSize) {
        return tensor(call("adaptive_average_pool", inputs, outputSize));
    }

    /** {@code keras.ops.adaptive_average_pool(inputs, output_size, data_format)}. */
    public static Tensor adaptiveAveragePool(
            Object inputs, Object outputSize, @Nullable Object dataFormat) {
        return tensor(call("adaptive_average_pool", inputs, outputSize, dataFormat));
    }

    /** {@code keras.ops.adaptive_max_pool(inputs, output_size)}. */
    public static Tensor adaptiveMaxPool(Object inputs, Object outputSize) {
        return tensor(call("adaptive_max_pool", inputs, outputSize));
    }

    /** {@code keras.ops.adaptive_max_pool(inputs, output_size, data_format)}. */
    public static Tensor adaptiveMaxPool(
            Object inputs, Object outputSize, @Nullable Object dataFormat) {
        return tensor(call("adaptive_max_pool", inputs, outputSize, dataFormat));
    }

    /** {@code keras.ops.categorical_crossentropy(target, output)}. */
    public static Tensor categoricalCrossentropy(Object target, Object output) {
        return tensor(call("categorical_crossentropy", target, output));
    }

    /** {@code keras.ops.categorical_crossentropy(target, output, from_logits, axis)}. */
    public static Tensor categoricalCrossentropy(
            Object target, Object output, @Nullable Object fromLogits, @Nullable Object axis) {
        return tensor(call("categorical_crossentropy", target, output, fromLogits, axis));
    }

    /** {@code keras.ops.sparse_categorical_crossentropy(target, output)}. */
    public static Tensor sparseCategoricalCrossentropy(Object target, Object output) {
        return tensor(call("sparse_categorical_crossentropy", target, output));
    }

    /** {@code keras.ops.sparse_categorical_crossentropy(target, output, from_logits, axis)}. */
    public static Tensor sparseCategoricalCrossentropy(
            Object target, Object output, @Nullable Object fromLogits, @Nullable Object axis) {
        return tensor(call("sparse_categorical_crossentropy", target, output, fromLogits, axis));
    }

    /** {@code keras.ops.binary_crossentropy(target, output)}. */
    public static Tensor binaryCrossentropy(Object target, Object output) {
        return tensor(call("binary_crossentropy", target, output));
    }

    /** {@code keras.ops.binary_crossentropy(target, output, from_logits)}. */
    public static Tensor binaryCrossentropy(
            Object target, Object output, @Nullable Object fromLogits) {
        return tensor(call("binary_crossentropy", target, output, fromLogits));
    }

    /** {@code keras.ops.one_hot(x, num_classes)}. */
    public static Tensor oneHot(Object x, Object numClasses) {
        return tensor(call("one_hot", x, numClasses));
    }

    /** {@code keras.ops.one_hot(x, num_classes, axis, dtype, sparse)}. */
    public static Tensor oneHot(
            Object x,
            Object numClasses,
            @Nullable Object axis,
            @Nullable Object dtype,
            @Nullable Object sparse) {
        return tensor(call("one_hot", x, numClasses, axis, dtype, sparse));
    }

    /** {@code keras.ops.multi_hot(inputs)}. */
    public static Tensor multiHot(Object inputs) {
        return tensor(call("multi_hot", inputs));
    }

    /** {@code keras.ops.multi_hot(inputs, num_classes, axis, dtype, sparse)}. */
    public static Tensor multiHot(
            Object inputs,
            @Nullable Object numClasses,
            @Nullable Object axis,
            @Nullable Object dtype,
            @Nullable Object sparse) {
        return tensor(call("multi_hot", inputs, numClasses, axis, dtype, sparse));
    }

    /** {@code keras.ops.moments(x, axes)}. */
    public static List<Tensor> moments(Object x, Object axes) {
        return tensors(call("moments", x, axes));
    }

    /** {@code keras.ops.moments(x, axes, keepdims, synchronized)}. */
    public static List<Tensor> moments(
            Object x, Object axes, @Nullable Object keepdims, @Nullable Object acrossReplicas) {
        return tensors(call("moments", x, axes, keepdims, acrossReplicas));
    }

    /** {@code keras.ops.batch_normalization(x, mean, variance, axis)}. */
    public static Tensor batchNormalization(Object x, Object mean, Object variance, Object axis) {
        return tensor(call("batch_normalization", x, mean, variance, axis));
    }

    /** {@code keras.ops.batch_normalization(x, mean, variance, axis, offset, scale, epsilon)}. */
    public static Tensor batchNormalization(
            Object x,
            Object mean,
            Object variance,
            Object axis,
            @Nullable Object offset,
            @Nullable Object scale,
            @Nullable Object epsilon) {
        return tensor(call("batch_normalization", x, mean, variance, axis, offset, scale, epsilon));
    }

    /** {@code keras.ops.layer_normalization(x)}. */
    public static Tensor layerNormalization(Object x) {
        return tensor(call("layer_normalization", x));
    }

    /** {@code keras.ops.layer_normalization(x, gamma, beta, axis, epsilon)}. */
    public static Tensor layerNormalization(
            Object x,
            @Nullable Object gamma,
            @Nullable Object beta,
            @Nullable Object axis,
            @Nullable Object epsilon) {
        return tensor(call("layer_normalization", x, gamma, beta, axis, epsilon));
    }

    /** {@code keras.ops.rms_normalization(x)}. */
    public static Tensor rmsNormalization(Object x) {
        return tensor(call("rms_normalization", x));
    }

    /** {@code keras.ops.rms_normalization(x, scale, axis, epsilon)}. */
    public static Tensor rmsNormalization(
            Object x, @Nullable Object scale, @Nullable Object axis, @Nullable Object epsilon) {
        return tensor(call("rms_normalization", x, scale, axis, epsilon));
    }

    /** {@code keras.ops.psnr(x1, x2, max_val)}. */
    public static Tensor psnr(Object x1, Object x2, Object maxVal) {
        return tensor(call("psnr", x1, x2, maxVal));
    }

    /** {@code keras.ops.dot_product_attention(query, key, value)}. */
    public static Tensor dotProductAttention(Object query, Object key, Object value) {
        return tensor(call("dot_product_attention", query, key, value));
    }

    /**
     * {@code keras.ops.dot_product_attention(query, key, value, bias, mask, scale, is_causal,
     * flash_attention, attn_logits_soft_cap)}.
     */
    public static Tensor dotProductAttention(
            Object query,
            Object key,
            Object value,
            @Nullable Object bias,
            @Nullable Object mask,
            @Nullable Object scale,
            @Nullable Object isCausal,
            @Nullable Object flashAttention,
            @Nullable Object attnLogitsSoftCap) {
        return tensor(
                call(
                        "dot_product_attention",
                        query,
                        key,
                        value,
                        bias,
                        mask,
                        scale,
                        isCausal,
                        flashAttention,
                        attnLogitsSoftCap));
    }
}
