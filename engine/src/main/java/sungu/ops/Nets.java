package sungu.ops;

import org.jspecify.annotations.Nullable;

import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/**
 * Operations of neural networks with a numerically safe form: activations, softmax, cross
 * entropies, moments, normalization. Values and gradients, also at kinks and for large numbers, are
 * TensorFlow's.
 */
public final class Nets {
    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double SELU_ALPHA = 1.6732632423543772;

    private static final double FLOAT16_MAX = 65504;

    private Nets() {}

    /** The small floats as float32, so that a composed operation rounds once, at its end. */
    private static Tensor wide(Tensor x) {
        return x.dtype().isFloating() && x.dtype().bytes() < 4 ? x.cast(DType.FLOAT32) : x;
    }

    /** exp(x) divided by its sum over some axes; over all when none is given. */
    public static Tensor softmax(Tensor x, int... axes) {
        if (x.size() == 0) {
            return x;
        }
        var exp = shifted(wide(x), axes).exp();
        return exp.div(Reductions.sum(exp, true, axes)).cast(x.dtype());
    }

    /** The logarithm of {@link #softmax}, without underflow. */
    public static Tensor logSoftmax(Tensor x, int... axes) {
        if (x.size() == 0) {
            return x;
        }
        var shifted = shifted(wide(x), axes);
        return shifted.minus(Reductions.sum(shifted.exp(), true, axes).log()).cast(x.dtype());
    }

    private static Tensor shifted(Tensor x, int... axes) {
        return x.minus(Controls.stopGradient(Reductions.max(x, true, axes)));
    }

    /**
     * {@code -sum(labels * logSoftmax(logits))} over an axis. As in TensorFlow the gradient by the
     * logits is {@code softmax(logits) - labels} also where the labels do not add up to 1.
     */
    public static Tensor softmaxCrossEntropy(Tensor labels, Tensor logits, int axis) {
        sameShape("softmaxCrossEntropy", labels, logits);
        var shifted = shifted(wide(logits), axis);
        var norm = Reductions.sum(shifted.exp(), true, axis).log();
        var weights = wide(labels);
        var loss = Reductions.sum(weights.times(norm.minus(shifted)), false, axis);
        // Zero, but it brings the gradient of the norm to once per row, whatever the labels add up
        // to.
        var missing =
                Controls.stopGradient(
                        Elements.weak(1, weights).minus(Reductions.sum(weights, true, axis)));
        var correction = missing.times(norm.minus(Controls.stopGradient(norm)));
        return loss.plus(Movements.squeeze(correction, axis)).cast(logits.dtype());
    }

    /**
     * {@code -logSoftmax(logits)[label]} over the last axis; NaN for labels out of range.
     *
     * @param labels integers, the shape of the logits without the last dimension
     */
    public static Tensor sparseSoftmaxCrossEntropy(Tensor labels, Tensor logits) {
        if (!labels.dtype().isInteger()) {
            throw new TensorException(
                    "sparseSoftmaxCrossEntropy: labels must be integers, got " + labels.type(),
                    "cast them: labels.cast(DType.INT32)");
        }
        if (logits.rank() == 0
                || !labels.shape().equals(logits.shape().slice(0, logits.rank() - 1))) {
            throw new TensorException(
                    "sparseSoftmaxCrossEntropy: labels "
                            + labels.type()
                            + " must have the shape of logits "
                            + logits.type()
                            + " without the last dimension");
        }
        int classes = logits.shape().dim(-1);
        var shifted = shifted(wide(logits), -1);
        var norm = Reductions.sum(shifted.exp(), false, -1).log();
        var hot =
                Elements.equal(
                        Movements.expandDims(labels, -1), Movements.iota(classes, labels.dtype()));
        var chosen =
                Reductions.sum(
                        Elements.select(hot, shifted, Elements.zerosLike(shifted)), false, -1);
        return Elements.select(
                        Reductions.any(hot, false, -1),
                        norm.minus(chosen),
                        Elements.weak(Double.NaN, norm))
                .cast(logits.dtype());
    }

    /**
     * {@code -labels * log(sigmoid(x)) - (1 - labels) * log(1 - sigmoid(x))} as {@code max(x, 0) -
     * x * labels + log(1 + exp(-|x|))}.
     */
    public static Tensor sigmoidCrossEntropy(Tensor labels, Tensor logits) {
        sameShape("sigmoidCrossEntropy", labels, logits);
        var x = wide(logits);
        var positive = Elements.greaterEqual(x, Elements.zerosLike(x));
        var relu = Elements.select(positive, x, Elements.zerosLike(x));
        return relu.minus(x.times(wide(labels)))
                .plus(Elements.softplus(below(positive, x)))
                .cast(logits.dtype());
    }

    private static void sameShape(String name, Tensor labels, Tensor logits) {
        if (!labels.shape().equals(logits.shape()) || labels.dtype() != logits.dtype()) {
            throw new TensorException(
                    name
                            + ": labels and logits must have one type, got "
                            + labels.type()
                            + " and "
                            + logits.type());
        }
    }

    /**
     * -|x|; in contrast to {@code abs} the slope at 0 is -1, so that what follows is smooth there.
     */
    private static Tensor below(Tensor positive, Tensor x) {
        return Elements.select(positive, Elements.negate(x), x);
    }

    /** log(sigmoid(x)) without underflow. */
    public static Tensor logSigmoid(Tensor x) {
        return Elements.negate(Elements.softplus(Elements.negate(x)));
    }

    /** max(x, 0); the gradient at 0 and at NaN is 0. */
    public static Tensor relu(Tensor x) {
        var zero = Elements.weak(0, x);
        return Elements.select(
                Elements.greater(x, zero), x, Controls.stopGradient(Elements.maximum(x, zero)));
    }

    /** x limited to the range from 0 to 6; the gradient at both ends is 0. */
    public static Tensor relu6(Tensor x) {
        // Ties send the gradient to the first operand.
        return Elements.minimum(Elements.weak(6, x), relu(x));
    }

    /** x where positive, else {@code slope * x}. */
    public static Tensor leakyRelu(Tensor x, double slope) {
        return Elements.select(x.greater(0), x, x.times(slope));
    }

    /** x where not negative, else {@code alpha * (exp(x) - 1)}. */
    public static Tensor elu(Tensor x, double alpha) {
        // The branch that is not taken must not overflow: its infinite derivative times zero would
        // be NaN.
        var below = x.less(0);
        var negative = Elements.expm1(Elements.select(below, x, Elements.weak(0, x)));
        return Elements.select(below, alpha == 1 ? negative : negative.times(alpha), x);
    }

    /** The scaled exponential linear unit of Klambauer et al. 2017. */
    public static Tensor selu(Tensor x) {
        return elu(x, SELU_ALPHA).times(SELU_SCALE);
    }

    /** x times the normal distribution function of x; approximately by the hyperbolic tangent. */
    public static Tensor gelu(Tensor x, boolean approximate) {
        var inner =
                approximate
                        ? Elements.tanh(
                                x.plus(x.times(x).times(x).times(0.044715))
                                        .times(Math.sqrt(2 / Math.PI)))
                        : Elements.erf(x.times(Math.sqrt(0.5)));
        return x.times(0.5).times(inner.plus(1));
    }

    /** x * sigmoid(x). */
    public static Tensor silu(Tensor x) {
        return x.times(Elements.sigmoid(x));
    }

    /** The first two moments of a distribution. */
    public record Moments(Tensor mean, Tensor variance) {}

    /**
     * Mean and variance over some axes (all when none is given); {@code keep} leaves them with size
     * 1. Of float16 and bfloat16 they are computed in float32 and limited to the range of float16,
     * as Keras does.
     */
    public static Moments moments(Tensor x, boolean keep, int... axes) {
        var values = wide(x);
        var mean = Reductions.mean(values, true, axes);
        var variance = Reductions.mean(values.minus(mean).square(), keep, axes);
        var kept = keep ? mean : Movements.squeeze(mean, Reductions.axes(x, axes));
        return new Moments(narrow(kept, x.dtype()), narrow(variance, x.dtype()));
    }

    private static Tensor narrow(Tensor x, DType dtype) {
        return x.dtype() == dtype
                ? x
                : Elements.clip(x, Elements.weak(-FLOAT16_MAX, x), Elements.weak(FLOAT16_MAX, x))
                        .cast(dtype);
    }

    /**
     * {@code (x - mean) / sqrt(variance + epsilon) * scale + offset}, with all statistics along one
     * axis of x.
     *
     * @param mean a vector as long as the axis, as are the others
     * @param offset null for none
     * @param scale null for none
     */
    public static Tensor batchNormalization(
            Tensor x,
            Tensor mean,
            Tensor variance,
            int axis,
            @Nullable Tensor offset,
            @Nullable Tensor scale,
            double epsilon) {
        var dims = new int[x.rank()];
        java.util.Arrays.fill(dims, 1);
        dims[x.shape().axis(axis)] = x.shape().dim(axis);
        var shape = Shape.of(dims);
        var factor = Elements.rsqrt(along(variance, shape).plus(epsilon));
        if (scale != null) {
            factor = factor.times(along(scale, shape));
        }
        var shift = Elements.negate(along(mean, shape).times(factor));
        if (offset != null) {
            shift = along(offset, shape).plus(shift);
        }
        return x.times(factor).plus(shift);
    }

    private static Tensor along(Tensor statistics, Shape shape) {
        if (statistics.size() != shape.size()) {
            throw new TensorException(
                    "batchNormalization: statistics "
                            + statistics.type()
                            + " do not have the size of the axis, "
                            + shape.size());
        }
        return Movements.reshape(statistics, shape);
    }
}
