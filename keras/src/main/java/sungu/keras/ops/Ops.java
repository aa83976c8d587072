package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Tensor;

import java.util.List;

/**
 * The functions of {@code keras.ops} under their names in camel case, with arguments in Keras'
 * order; what is left out has Keras' default, null is None.
 *
 * <p>Arguments are tensors, Java numbers and booleans (weak: an integer beside a float32 tensor is
 * float32), arrays and lists. On symbolic tensors a call is recorded for the model. Integers may be
 * Integer or Long, axes an int, an int[] or a list.
 */
public final class Ops extends ControlFunctions {
    private Ops() {}

    /** {@code keras.ops.convert_to_tensor(x)}. */
    public static Tensor convertToTensor(Object x) {
        return tensor(call("convert_to_tensor", x));
    }

    /** {@code keras.ops.convert_to_tensor(x, dtype, sparse, ragged)}. */
    public static Tensor convertToTensor(
            Object x, @Nullable Object dtype, @Nullable Object sparse, @Nullable Object ragged) {
        return tensor(call("convert_to_tensor", x, dtype, sparse, ragged));
    }

    /** {@code keras.ops.convert_to_numpy(x)}. */
    public static Tensor convertToNumpy(Object x) {
        return tensor(call("convert_to_numpy", x));
    }

    /** {@code keras.ops.cast(x, dtype)}. */
    public static Tensor cast(Object x, Object dtype) {
        return tensor(call("cast", x, dtype));
    }

    /** {@code keras.ops.saturate_cast(x, dtype)}. */
    public static Tensor saturateCast(Object x, Object dtype) {
        return tensor(call("saturate_cast", x, dtype));
    }

    /** {@code keras.ops.stop_gradient(variable)}. */
    public static Tensor stopGradient(Object variable) {
        return tensor(call("stop_gradient", variable));
    }

    /** {@code keras.ops.shape(x)}. */
    public static List<Long> shape(Object x) {
        return numbers(call("shape", x));
    }

    /** {@code keras.ops.dtype(x)}. */
    public static String dtype(Object x) {
        return (String) call("dtype", x);
    }

    /** {@code keras.ops.is_tensor(x)}. */
    public static boolean isTensor(Object x) {
        return Boolean.TRUE.equals(call("is_tensor", x));
    }

    /** {@code keras.ops.ndim(x)}. */
    public static long ndim(Object x) {
        return (long) call("ndim", x);
    }

    /** {@code keras.ops.size(x)}. */
    public static Tensor size(Object x) {
        return tensor(call("size", x));
    }

    /** {@code keras.ops.slice(inputs, start_indices, shape)}. */
    public static Tensor slice(Object inputs, Object startIndices, Object shape) {
        return tensor(call("slice", inputs, startIndices, shape));
    }

    /** {@code keras.ops.slice_update(inputs, start_indices, updates)}. */
    public static Tensor sliceUpdate(Object inputs, Object startIndices, Object updates) {
        return tensor(call("slice_update", inputs, startIndices, updates));
    }

    /** {@code keras.ops.scatter(indices, values, shape)}. */
    public static Tensor scatter(Object indices, Object values, Object shape) {
        return tensor(call("scatter", indices, values, shape));
    }

    /** {@code keras.ops.scatter_update(inputs, indices, updates)}. */
    public static Tensor scatterUpdate(Object inputs, Object indices, Object updates) {
        return tensor(call("scatter_update", inputs, indices, updates));
    }

    /** {@code keras.ops.scatter_update(inputs, indices, updates, reduction)}. */
    public static Tensor scatterUpdate(
            Object inputs, Object indices, Object updates, @Nullable Object reduction) {
        return tensor(call("scatter_update", inputs, indices, updates, reduction));
    }

    /** {@code keras.ops.view(x)}. */
    public static Tensor view(Object x) {
        return tensor(call("view", x));
    }

    /** {@code keras.ops.view(x, dtype)}. */
    public static Tensor view(Object x, @Nullable Object dtype) {
        return tensor(call("view", x, dtype));
    }

    /** {@code keras.ops.view_as_real(x)}. */
    public static Tensor viewAsReal(Object x) {
        return tensor(call("view_as_real", x));
    }

    /** {@code keras.ops.view_as_complex(x)}. */
    public static Tensor viewAsComplex(Object x) {
        return tensor(call("view_as_complex", x));
    }

    /** {@code keras.ops.polar(abs_, angle)}. */
    public static Tensor polar(Object abs, Object angle) {
        return tensor(call("polar", abs, angle));
    }

    /** {@code keras.ops.erf(x)}. */
    public static Tensor erf(Object x) {
        return tensor(call("erf", x));
    }

    /** {@code keras.ops.erfc(x)}. */
    public static Tensor erfc(Object x) {
        return tensor(call("erfc", x));
    }

    /** {@code keras.ops.erfinv(x)}. */
    public static Tensor erfinv(Object x) {
        return tensor(call("erfinv", x));
    }

    /** {@code keras.ops.rsqrt(x)}. */
    public static Tensor rsqrt(Object x) {
        return tensor(call("rsqrt", x));
    }

    /** {@code keras.ops.logsumexp(x)}. */
    public static Tensor logsumexp(Object x) {
        return tensor(call("logsumexp", x));
    }

    /** {@code keras.ops.logsumexp(x, axis, keepdims)}. */
    public static Tensor logsumexp(Object x, @Nullable Object axis, @Nullable Object keepdims) {
        return tensor(call("logsumexp", x, axis, keepdims));
    }

    /** {@code keras.ops.top_k(x, k)}. */
    public static List<Tensor> topK(Object x, Object k) {
        return tensors(call("top_k", x, k));
    }

    /** {@code keras.ops.top_k(x, k, sorted, is_stable)}. */
    public static List<Tensor> topK(
            Object x, Object k, @Nullable Object sorted, @Nullable Object isStable) {
        return tensors(call("top_k", x, k, sorted, isStable));
    }

    /** {@code keras.ops.in_top_k(targets, predictions, k)}. */
    public static Tensor inTopK(Object targets, Object predictions, Object k) {
        return tensor(call("in_top_k", targets, predictions, k));
    }

    /** {@code keras.ops.segment_sum(data, segment_ids)}. */
    public static Tensor segmentSum(Object data, Object segmentIds) {
        return tensor(call("segment_sum", data, segmentIds));
    }

    /** {@code keras.ops.segment_sum(data, segment_ids, num_segments, sorted)}. */
    public static Tensor segmentSum(
            Object data, Object segmentIds, @Nullable Object numSegments, @Nullable Object sorted) {
        return tensor(call("segment_sum", data, segmentIds, numSegments, sorted));
    }

    /** {@code keras.ops.segment_max(data, segment_ids)}. */
    public static Tensor segmentMax(Object data, Object segmentIds) {
        return tensor(call("segment_max", data, segmentIds));
    }

    /** {@code keras.ops.segment_max(data, segment_ids, num_segments, sorted)}. */
    public static Tensor segmentMax(
            Object data, Object segmentIds, @Nullable Object numSegments, @Nullable Object sorted) {
        return tensor(call("segment_max", data, segmentIds, numSegments, sorted));
    }

    /** {@code keras.ops.segment_min(data, segment_ids)}. */
    public static Tensor segmentMin(Object data, Object segmentIds) {
        return tensor(call("segment_min", data, segmentIds));
    }

    /** {@code keras.ops.segment_min(data, segment_ids, num_segments, sorted)}. */
    public static Tensor segmentMin(
            Object data, Object segmentIds, @Nullable Object numSegments, @Nullable Object sorted) {
        return tensor(call("segment_min", data, segmentIds, numSegments, sorted));
    }

    /** {@code keras.ops.segment_prod(data, segment_ids)}. */
    public static Tensor segmentProd(Object data, Object segmentIds) {
        return tensor(call("segment_prod", data, segmentIds));
    }

    /** {@code keras.ops.segment_prod(data, segment_ids, num_segments, sorted)}. */
    public static Tensor segmentProd(
            Object data, Object segmentIds, @Nullable Object numSegments, @Nullable Object sorted) {
        return tensor(call("segment_prod", data, segmentIds, numSegments, sorted));
    }

    /** {@code keras.ops.gammainc(x1, x2)}. */
    public static Tensor gammainc(Object x1, Object x2) {
        return tensor(call("gammainc", x1, x2));
    }

    /** {@code keras.ops.relu6(x)}. */
    public static Tensor relu6(Object x) {
        return tensor(call("relu6", x));
    }

    /** {@code keras.ops.sigmoid(x)}. */
    public static Tensor sigmoid(Object x) {
        return tensor(call("sigmoid", x));
    }

    /** {@code keras.ops.softplus(x)}. */
    public static Tensor softplus(Object x) {
        return tensor(call("softplus", x));
    }

    /** {@code keras.ops.softsign(x)}. */
    public static Tensor softsign(Object x) {
        return tensor(call("softsign", x));
    }

    /** {@code keras.ops.log_sigmoid(x)}. */
    public static Tensor logSigmoid(Object x) {
        return tensor(call("log_sigmoid", x));
    }

    /** {@code keras.ops.silu(x)}. */
    public static Tensor silu(Object x) {
        return tensor(call("silu", x));
    }

    /** {@code keras.ops.swish(x)}. */
    public static Tensor swish(Object x) {
        return tensor(call("swish", x));
    }

    /** {@code keras.ops.hard_sigmoid(x)}. */
    public static Tensor hardSigmoid(Object x) {
        return tensor(call("hard_sigmoid", x));
    }

    /** {@code keras.ops.hard_silu(x)}. */
    public static Tensor hardSilu(Object x) {
        return tensor(call("hard_silu", x));
    }

    /** {@code keras.ops.hard_swish(x)}. */
    public static Tensor hardSwish(Object x) {
        return tensor(call("hard_swish", x));
    }

    /** {@code keras.ops.selu(x)}. */
    public static Tensor selu(Object x) {
        return tensor(call("selu", x));
    }

    /** {@code keras.ops.tanh_shrink(x)}. */
    public static Tensor tanhShrink(Object x) {
        return tensor(call("tanh_shrink", x));
    }

    /** {@code keras.ops.hard_tanh(x)}. */
    public static Tensor hardTanh(Object x) {
        return tensor(call("hard_tanh", x));
    }

    /** {@code keras.ops.sparse_plus(x)}. */
    public static Tensor sparsePlus(Object x) {
        return tensor(call("sparse_plus", x));
    }

    /** {@code keras.ops.sparse_sigmoid(x)}. */
    public static Tensor sparseSigmoid(Object x) {
        return tensor(call("sparse_sigmoid", x));
    }

    /** {@code keras.ops.leaky_relu(x)}. */
    public static Tensor leakyRelu(Object x) {
        return tensor(call("leaky_relu", x));
    }

    /** {@code keras.ops.leaky_relu(x, negative_slope)}. */
    public static Tensor leakyRelu(Object x, @Nullable Object negativeSlope) {
        return tensor(call("leaky_relu", x, negativeSlope));
    }

    /** {@code keras.ops.elu(x)}. */
    public static Tensor elu(Object x) {
        return tensor(call("elu", x));
    }

    /** {@code keras.ops.elu(x, alpha)}. */
    public static Tensor elu(Object x, @Nullable Object alpha) {
        return tensor(call("elu", x, alpha));
    }

    /** {@code keras.ops.celu(x)}. */
    public static Tensor celu(Object x) {
        return tensor(call("celu", x));
    }

    /** {@code keras.ops.celu(x, alpha)}. */
    public static Tensor celu(Object x, @Nullable Object alpha) {
        return tensor(call("celu", x, alpha));
    }

    /** {@code keras.ops.soft_shrink(x)}. */
    public static Tensor softShrink(Object x) {
        return tensor(call("soft_shrink", x));
    }

    /** {@code keras.ops.soft_shrink(x, threshold)}. */
    public static Tensor softShrink(Object x, @Nullable Object threshold) {
        return tensor(call("soft_shrink", x, threshold));
    }

    /** {@code keras.ops.hard_shrink(x)}. */
    public static Tensor hardShrink(Object x) {
        return tensor(call("hard_shrink", x));
    }

    /** {@code keras.ops.hard_shrink(x, threshold)}. */
    public static Tensor hardShrink(Object x, @Nullable Object threshold) {
        return tensor(call("hard_shrink", x, threshold));
    }

    /** {@code keras.ops.threshold(x, threshold, default_value)}. */
    public static Tensor threshold(Object x, Object threshold, Object defaultValue) {
        return tensor(call("threshold", x, threshold, defaultValue));
    }

    /** {@code keras.ops.squareplus(x)}. */
    public static Tensor squareplus(Object x) {
        return tensor(call("squareplus", x));
    }

    /** {@code keras.ops.squareplus(x, b)}. */
    public static Tensor squareplus(Object x, @Nullable Object b) {
        return tensor(call("squareplus", x, b));
    }

    /** {@code keras.ops.glu(x)}. */
    public static Tensor glu(Object x) {
        return tensor(call("glu", x));
    }

    /** {@code keras.ops.glu(x, axis)}. */
    public static Tensor glu(Object x, @Nullable Object axis) {
        return tensor(call("glu", x, axis));
    }

    /** {@code keras.ops.softmax(x)}. */
    public static Tensor softmax(Object x) {
        return tensor(call("softmax", x));
    }

    /** {@code keras.ops.softmax(x, axis)}. */
    public static Tensor softmax(Object x, @Nullable Object axis) {
        return tensor(call("softmax", x, axis));
    }

    /** {@code keras.ops.log_softmax(x)}. */
    public static Tensor logSoftmax(Object x) {
        return tensor(call("log_softmax", x));
    }

    /** {@code keras.ops.log_softmax(x, axis)}. */
    public static Tensor logSoftmax(Object x, @Nullable Object axis) {
        return tensor(call("log_softmax", x, axis));
    }

    /** {@code keras.ops.sparsemax(x)}. */
    public static Tensor sparsemax(Object x) {
        return tensor(call("sparsemax", x));
    }

    /** {@code keras.ops.sparsemax(x, axis)}. */
    public static Tensor sparsemax(Object x, @Nullable Object axis) {
        return tensor(call("sparsemax", x, axis));
    }
}
