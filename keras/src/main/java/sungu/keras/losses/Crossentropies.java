package sungu.keras.losses;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.KerasConfig;
import sungu.ops.Contractions;
import sungu.ops.Ctc;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Nets;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/** The losses of classification and segmentation as functions. */
public final class Crossentropies {
    private Crossentropies() {}

    private static Tensor one(Tensor like) {
        return Elements.weak(1.0, like);
    }

    private static Tensor clipped(Tensor probabilities) {
        double epsilon = KerasConfig.epsilon();
        return Elements.clip(
                probabilities,
                Elements.weak(epsilon, probabilities),
                one(probabilities).minus(epsilon));
    }

    private static Tensor smoothed(Tensor labels, double smoothing, double classes) {
        return smoothing == 0 ? labels : labels.times(1.0 - smoothing).plus(smoothing / classes);
    }

    private static void requireSameShape(String name, Tensor yTrue, Tensor yPred) {
        if (!yTrue.shape().equals(yPred.shape())) {
            throw new TensorException(
                    name
                            + ": Arguments `target` and `output` must have the same shape."
                            + " Received: target.shape="
                            + yTrue.shape()
                            + ", output.shape="
                            + yPred.shape(),
                    "sparse_categorical_crossentropy takes class indices");
        }
    }

    /**
     * Minus the log likelihood of two classes, elementwise: t log p + (1 - t) log(1 - p), from
     * probabilities or logits.
     */
    public static Tensor binary(Tensor yTrue, Tensor yPred, boolean fromLogits) {
        requireSameShape("binary_crossentropy", yTrue, yPred);
        var t = yTrue.cast(yPred.dtype());
        if (fromLogits) {
            return Nets.sigmoidCrossEntropy(t, yPred);
        }
        var p = clipped(yPred);
        return t.times(p.log()).plus(one(t).minus(t).times(one(p).minus(p).log())).unaryMinus();
    }

    /**
     * The mean over an axis of {@link #binary}, with labels moved towards 0.5 by label smoothing.
     */
    public static Tensor binaryCrossentropy(
            Tensor yTrue, Tensor yPred, boolean fromLogits, double labelSmoothing, int axis) {
        return binary(smoothed(yTrue.cast(yPred.dtype()), labelSmoothing, 2), yPred, fromLogits)
                .mean(axis);
    }

    /** Minus the sum over an axis of t log p. */
    public static Tensor categorical(Tensor yTrue, Tensor yPred, boolean fromLogits, int axis) {
        requireSameShape("categorical_crossentropy", yTrue, yPred);
        if (yPred.rank() < 1) {
            throw new TensorException(
                    "categorical_crossentropy: Arguments `target` and `output` must be at least"
                            + " rank 1");
        }
        if (fromLogits) {
            return Nets.softmaxCrossEntropy(yTrue.cast(yPred.dtype()), yPred, axis);
        }
        var logs = clipped(yPred.div(Reductions.sum(yPred, true, axis))).log();
        return yTrue.cast(yPred.dtype()).times(logs).sum(axis).unaryMinus();
    }

    /**
     * {@link #categorical} with labels moved towards the uniform distribution by label smoothing.
     */
    public static Tensor categoricalCrossentropy(
            Tensor yTrue, Tensor yPred, boolean fromLogits, double labelSmoothing, int axis) {
        var t = yTrue.cast(yPred.dtype());
        return categorical(
                smoothed(t, labelSmoothing, t.rank() == 0 ? 1 : t.shape().dim(axis)),
                yPred,
                fromLogits,
                axis);
    }

    /**
     * Minus the log probability of the class whose index the target is; samples of the ignored
     * class count 0 and are masked.
     */
    public static Tensor sparseCategoricalCrossentropy(
            Tensor yTrue,
            Tensor yPred,
            boolean fromLogits,
            @Nullable Integer ignoreClass,
            int axis) {
        if (yTrue.rank() == yPred.rank() && yTrue.shape().dim(axis) == 1) {
            yTrue = Movements.squeeze(yTrue, axis);
        }
        Tensor valid = null;
        if (ignoreClass != null) {
            valid = Elements.notEqual(yTrue, Elements.weak((long) ignoreClass, yTrue));
            yTrue = Elements.select(valid, yTrue, Elements.zerosLike(yTrue));
            var rows = Movements.broadcastTo(Movements.expandDims(valid, axis), yPred.shape());
            yPred = Elements.select(rows, yPred, Elements.zerosLike(yPred));
        }
        var values = sparse(yTrue, yPred, fromLogits, axis);
        if (valid == null) {
            return values;
        }
        return Elements.select(valid, values, Elements.zerosLike(values)).withMask(valid);
    }

    /** Minus the log probability of the class whose index the target is. */
    public static Tensor sparse(Tensor yTrue, Tensor yPred, boolean fromLogits, int axis) {
        if (axis != -1 && axis != yPred.rank() - 1) {
            throw new TensorException(
                    "sparse_categorical_crossentropy: argument 'axis' must name the last axis, got "
                            + axis,
                    "transpose the predictions so that the classes come last");
        }
        if (yPred.rank() < 1) {
            throw new TensorException(
                    "sparse_categorical_crossentropy: Argument `output` must be at least rank 1."
                            + " Received: output.shape="
                            + yPred.shape());
        }
        if (yTrue.rank() == yPred.rank() && yTrue.shape().dim(-1) == 1) {
            yTrue = Movements.squeeze(yTrue, -1);
        }
        int classAxis = yPred.shape().axis(axis);
        if (!yTrue.shape().equals(yPred.shape().remove(classAxis))) {
            throw new TensorException(
                    "sparse_categorical_crossentropy: Arguments `target` and `output` must have the"
                            + " same shape up until the last dimension: target.shape="
                            + yTrue.shape()
                            + ", output.shape="
                            + yPred.shape(),
                    "categorical_crossentropy takes one-hot labels");
        }
        var logits = fromLogits ? yPred : clipped(yPred).log();
        if (classAxis != logits.rank() - 1) {
            var order = new int[logits.rank()];
            for (int i = 0; i < order.length - 1; i++) {
                order[i] = i < classAxis ? i : i + 1;
            }
            order[order.length - 1] = classAxis;
            logits = Movements.transpose(logits, order);
        }
        return Nets.sparseSoftmaxCrossEntropy(
                yTrue.dtype() == DType.INT32 ? yTrue : yTrue.cast(DType.INT64), logits);
    }

    /**
     * {@link #categoricalCrossentropy} times alpha (1 - p)^gamma, so that easy samples count less;
     * alpha may hold a number per class.
     */
    public static Tensor categoricalFocalCrossentropy(
            Tensor yTrue,
            Tensor yPred,
            Tensor alpha,
            double gamma,
            boolean fromLogits,
            double labelSmoothing,
            int axis) {
        var t = yTrue.cast(yPred.dtype());
        t = smoothed(t, labelSmoothing, t.shape().dim(axis));
        var p = fromLogits ? Nets.softmax(yPred, axis) : yPred;
        var output = clipped(p.div(Reductions.sum(p, true, axis)));
        var cce = t.unaryMinus().times(output.log());
        return one(output)
                .minus(output)
                .pow(gamma)
                .times(alpha.cast(output.dtype()))
                .times(cce)
                .sum(axis);
    }

    /**
     * {@link #binaryCrossentropy} times (1 - p)^gamma, so that easy samples count less; alpha
     * balances the classes if asked.
     */
    public static Tensor binaryFocalCrossentropy(
            Tensor yTrue,
            Tensor yPred,
            boolean balanced,
            double alpha,
            double gamma,
            boolean fromLogits,
            double labelSmoothing,
            int axis) {
        var t = smoothed(yTrue.cast(yPred.dtype()), labelSmoothing, 2);
        var p = fromLogits ? Elements.sigmoid(yPred) : yPred;
        var missed = one(t).minus(t);
        var likelihood = t.times(p).plus(missed.times(one(p).minus(p)));
        var focal = one(likelihood).minus(likelihood).pow(gamma).times(binary(t, p, false));
        if (balanced) {
            focal = t.times(alpha).plus(missed.times(1 - alpha)).times(focal);
        }
        return focal.mean(axis);
    }

    /**
     * (1 - p^q) / q for the probability p of the target class: between cross-entropy (q to 0) and
     * absolute error (q = 1).
     */
    public static Tensor categoricalGeneralizedCrossEntropy(Tensor yTrue, Tensor yPred, double q) {
        var hot =
                Indexing.oneHot(yTrue.cast(DType.INT64), yPred.shape().dim(-1), -1, yPred.dtype());
        var p = yPred.times(hot).sum(-1);
        return one(p).minus(p.pow(q)).div(q);
    }

    /** 1 minus twice the intersection over the sum of both; no axes given means all. */
    public static Tensor dice(Tensor yTrue, Tensor yPred, int... axes) {
        var t = yTrue.cast(yPred.dtype());
        var both = t.times(yPred).sum(axes);
        var ratio =
                both.times(2.0).div(t.sum(axes).plus(yPred.sum(axes)).plus(KerasConfig.epsilon()));
        return one(ratio).minus(ratio);
    }

    /**
     * 1 minus the Tversky index: Dice with false positives weighing alpha and false negatives beta.
     */
    public static Tensor tversky(
            Tensor yTrue, Tensor yPred, double alpha, double beta, int... axes) {
        var t = yTrue.cast(yPred.dtype());
        var both = t.times(yPred).sum(axes);
        var falsePositives = yPred.times(one(t).minus(t)).sum(axes);
        var falseNegatives = one(yPred).minus(yPred).times(t).sum(axes);
        var ratio =
                both.div(
                        both.plus(falsePositives.times(alpha))
                                .plus(falseNegatives.times(beta))
                                .plus(KerasConfig.epsilon()));
        return one(ratio).minus(ratio);
    }

    /**
     * The negative log-likelihood of label sequences [batch, length], in which 0 is padding and the
     * blank, under logits [batch, frames, classes] (see {@link Ctc#loss}).
     */
    public static Tensor ctc(Tensor yTrue, Tensor yPred) {
        if (yTrue.rank() != 2 || yPred.rank() != 3) {
            throw new TensorException(
                    "ctc: targets must be [batch, length] and logits [batch, frames, classes], got "
                            + yTrue.type()
                            + " and "
                            + yPred.type());
        }
        var labels = yTrue.cast(DType.INT32);
        var lengths = Elements.notEqual(labels, Tensor.of(0)).cast(DType.INT32).sum(-1);
        var frames = Tensor.full(Shape.of(yPred.shape().dim(0)), yPred.shape().dim(1), DType.INT32);
        var dtype = yPred.dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
        return Ctc.loss(labels, yPred.cast(dtype), lengths, frames, 0);
    }

    /**
     * The circle loss of normalised embeddings with class labels: pairs of one class near, others
     * far, with a margin.
     */
    public static Tensor circle(
            Tensor yTrue, Tensor yPred, boolean removeDiagonal, double gamma, double margin) {
        return circle(yTrue, yPred, yTrue, yPred, removeDiagonal, gamma, margin);
    }

    /** As {@link #circle(Tensor, Tensor, boolean, double, double)}, against other embeddings. */
    public static Tensor circle(
            Tensor yTrue,
            Tensor yPred,
            Tensor otherLabels,
            Tensor others,
            boolean removeDiagonal,
            double gamma,
            double margin) {
        int n = yPred.shape().dim(0);
        int m = others.shape().dim(0);
        var labels = Movements.reshape(yTrue.cast(DType.INT32), -1, 1);
        var references = Movements.reshape(otherLabels.cast(DType.INT32), -1);
        var distances = Contractions.matmul(yPred, Movements.transpose(others));
        distances = one(distances).minus(distances);
        distances = Elements.maximum(distances, Elements.weak(0.0, distances));
        var same = Elements.equal(labels, references);
        var other = Elements.logicalNot(same);
        if (removeDiagonal) {
            same =
                    Elements.and(
                            same,
                            Elements.notEqual(
                                    Movements.expandDims(Movements.iota(n, DType.INT32), 1),
                                    Movements.iota(m, DType.INT32)));
        }
        var zero = Elements.weak(0.0, distances);
        var positiveWeights =
                Elements.maximum(distances.plus(margin).times(same.cast(distances.dtype())), zero);
        var negativeWeights =
                Elements.maximum(
                        Elements.weak(1 + margin, distances)
                                .minus(distances)
                                .times(other.cast(distances.dtype())),
                        zero);
        var positive =
                positiveWeights
                        .times(-gamma)
                        .times(Elements.weak(margin, distances).minus(distances));
        var negative =
                negativeWeights
                        .times(gamma)
                        .times(Elements.weak(1 - margin, distances).minus(distances));
        var least = Tensor.full(Shape.of(n, m), Double.NEGATIVE_INFINITY, distances.dtype());
        var loss =
                Elements.softplus(
                        Reductions.logSumExp(Elements.select(same, positive, least), false, 1)
                                .plus(
                                        Reductions.logSumExp(
                                                Elements.select(other, negative, least),
                                                false,
                                                1)));
        return loss.withMask(loss.greater(0));
    }
}
