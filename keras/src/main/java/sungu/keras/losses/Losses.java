package sungu.keras.losses;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Catalogue;
import sungu.keras.config.CustomObjects;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.ObjectType;
import sungu.ops.Elements;
import sungu.ops.Reductions;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Locale;

/**
 * The losses by name, and those of regression as functions; those of classification are in {@link
 * Crossentropies}.
 */
public final class Losses {
    /** The classes by name. */
    public static final Catalogue CATALOGUE =
            new Catalogue(
                    "loss",
                    List.of(
                            "MeanSquaredError",
                            "MeanAbsoluteError",
                            "MeanAbsolutePercentageError",
                            "MeanSquaredLogarithmicError",
                            "BinaryCrossentropy",
                            "BinaryFocalCrossentropy",
                            "CategoricalCrossentropy",
                            "CategoricalFocalCrossentropy",
                            "SparseCategoricalCrossentropy",
                            "Hinge",
                            "SquaredHinge",
                            "CategoricalHinge",
                            "Huber",
                            "LogCosh",
                            "KLDivergence",
                            "Poisson",
                            "CosineSimilarity",
                            "Dice",
                            "Tversky",
                            "Circle",
                            "CategoricalGeneralizedCrossEntropy",
                            "CTC",
                            "LossFunctionWrapper"),
                    Losses::find,
                    Losses::alias);

    private Losses() {}

    private static @Nullable ObjectType<?> find(String name) {
        return switch (name) {
            case "MeanSquaredError" -> MeanSquaredError.TYPE;
            case "MeanAbsoluteError" -> MeanAbsoluteError.TYPE;
            case "MeanAbsolutePercentageError" -> MeanAbsolutePercentageError.TYPE;
            case "MeanSquaredLogarithmicError" -> MeanSquaredLogarithmicError.TYPE;
            case "LogCosh" -> LogCosh.TYPE;
            case "Hinge" -> Hinge.TYPE;
            case "SquaredHinge" -> SquaredHinge.TYPE;
            case "CategoricalHinge" -> CategoricalHinge.TYPE;
            case "KLDivergence" -> KLDivergence.TYPE;
            case "Poisson" -> Poisson.TYPE;
            case "CosineSimilarity" -> CosineSimilarity.TYPE;
            case "Huber" -> Huber.TYPE;
            case "BinaryCrossentropy" -> BinaryCrossentropy.TYPE;
            case "BinaryFocalCrossentropy" -> BinaryFocalCrossentropy.TYPE;
            case "CategoricalCrossentropy" -> CategoricalCrossentropy.TYPE;
            case "CategoricalFocalCrossentropy" -> CategoricalFocalCrossentropy.TYPE;
            case "SparseCategoricalCrossentropy" -> SparseCategoricalCrossentropy.TYPE;
            case "CategoricalGeneralizedCrossEntropy" -> CategoricalGeneralizedCrossEntropy.TYPE;
            case "Dice" -> Dice.TYPE;
            case "Tversky" -> Tversky.TYPE;
            case "Circle" -> Circle.TYPE;
            case "CTC" -> CTC.TYPE;
            case "LossFunctionWrapper" -> LossFunctionWrapper.TYPE;
            default -> null;
        };
    }

    private static @Nullable String alias(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "mse" -> "MeanSquaredError";
            case "mae" -> "MeanAbsoluteError";
            case "mape" -> "MeanAbsolutePercentageError";
            case "msle" -> "MeanSquaredLogarithmicError";
            case "bce" -> "BinaryCrossentropy";
            case "kld", "kullback_leibler_divergence" -> "KLDivergence";
            case "logcosh" -> "LogCosh";
            case "cosine_proximity" -> "CosineSimilarity";
            default -> null;
        };
    }

    /** The loss that a name, an object or a function stands for. */
    public static Loss of(Object any) {
        if (any instanceof Loss loss) {
            return loss;
        }
        if (any instanceof LossFunction function) {
            return new LossFunctionWrapper("loss_function", function);
        }
        var name = String.valueOf(any);
        var type = CATALOGUE.lookup(name);
        if (type != null) {
            return (Loss) type.create(java.util.Map.of());
        }
        return switch (CustomObjects.find(name)) {
            case LossFunction function -> new LossFunctionWrapper(name, function);
            case ObjectType<?> custom when custom.create(java.util.Map.of()) instanceof Loss loss ->
                    loss;
            case null, default -> throw CATALOGUE.unknown(name);
        };
    }

    /**
     * The function of a loss by name, with its defaults: a value per sample; null if there is none.
     */
    public static @Nullable LossFunction function(String name) {
        var type = CATALOGUE.lookup(name);
        return type != null
                        && !type.className().equals("LossFunctionWrapper")
                        && type.create(java.util.Map.of()) instanceof Loss loss
                ? loss::call
                : null;
    }

    private static WeightedValues.Pair pair(Tensor yTrue, Tensor yPred) {
        return WeightedValues.sameRank(yTrue.cast(yPred.dtype()), yPred);
    }

    private static Tensor epsilon(Tensor like) {
        return Elements.weak(KerasConfig.epsilon(), like);
    }

    /** The mean over the last axis of (t - p)^2. */
    public static Tensor meanSquaredError(Tensor yTrue, Tensor yPred) {
        var p = pair(yTrue, yPred);
        return p.first().minus(p.second()).square().mean(-1);
    }

    /** The mean over the last axis of |t - p|. */
    public static Tensor meanAbsoluteError(Tensor yTrue, Tensor yPred) {
        var p = pair(yTrue, yPred);
        return p.first().minus(p.second()).abs().mean(-1);
    }

    /** 100 times the mean over the last axis of |(t - p) / max(|t|, epsilon)|. */
    public static Tensor meanAbsolutePercentageError(Tensor yTrue, Tensor yPred) {
        var p = pair(yTrue, yPred);
        var scale = Elements.maximum(p.first().abs(), epsilon(yPred));
        return p.first().minus(p.second()).div(scale).abs().mean(-1).times(100.0);
    }

    /** The mean over the last axis of (log(p + 1) - log(t + 1))^2, both at least epsilon. */
    public static Tensor meanSquaredLogarithmicError(Tensor yTrue, Tensor yPred) {
        var p = pair(yTrue, yPred);
        var first = Elements.maximum(p.second(), epsilon(yPred)).plus(1.0).log();
        var second = Elements.maximum(p.first(), epsilon(yPred)).plus(1.0).log();
        return first.minus(second).square().mean(-1);
    }

    /** Minus the cosine of the angle between t and p along an axis. */
    public static Tensor cosineSimilarity(Tensor yTrue, Tensor yPred, int axis) {
        var p = pair(yTrue, yPred);
        return normalized(p.first(), axis)
                .times(normalized(p.second(), axis))
                .sum(axis)
                .unaryMinus();
    }

    /** A tensor of length 1 along an axis; lengths below 1e-6 count as that. */
    public static Tensor normalized(Tensor x, int axis) {
        var squares = Reductions.sum(x.square(), true, axis);
        return x.times(Elements.rsqrt(Elements.maximum(squares, Elements.weak(1e-12, squares))));
    }

    /** Quadratic where |p - t| is at most delta, linear beyond; the mean over the last axis. */
    public static Tensor huber(Tensor yTrue, Tensor yPred, double delta) {
        var p = pair(yTrue, yPred);
        var error = p.second().minus(p.first());
        var size = error.abs();
        var bound = Elements.weak(delta, size);
        var quadratic = error.square().times(0.5);
        var linear = size.times(bound).minus(bound.square().times(0.5));
        return Elements.select(Elements.lessEqual(size, bound), quadratic, linear).mean(-1);
    }

    /** The mean over the last axis of log(cosh(p - t)). */
    public static Tensor logCosh(Tensor yTrue, Tensor yPred) {
        var p = pair(yTrue, yPred);
        var x = p.second().minus(p.first());
        return x.plus(Elements.softplus(x.times(-2.0))).minus(Math.log(2)).mean(-1);
    }

    /** The sum over the last axis of t log(t / p), both from epsilon to 1. */
    public static Tensor klDivergence(Tensor yTrue, Tensor yPred) {
        var one = Elements.weak(1.0, yPred);
        var t = Elements.clip(yTrue.cast(yPred.dtype()), epsilon(yPred), one);
        var p = Elements.clip(yPred, epsilon(yPred), one);
        return t.times(t.div(p).log()).sum(-1);
    }

    /** The mean over the last axis of p - t log(p + epsilon). */
    public static Tensor poisson(Tensor yTrue, Tensor yPred) {
        return yPred.minus(yTrue.cast(yPred.dtype()).times(yPred.plus(epsilon(yPred)).log()))
                .mean(-1);
    }

    private static Tensor signs(Tensor yTrue, Tensor yPred) {
        var t = yTrue.cast(yPred.dtype());
        var binary =
                Reductions.all(
                        Elements.or(
                                Elements.equal(t, Elements.zerosLike(t)),
                                Elements.equal(t, Elements.onesLike(t))),
                        false);
        return Elements.select(Elements.broadcastLike(binary, t), t.times(2.0).minus(1.0), t);
    }

    private static Tensor margin(Tensor yTrue, Tensor yPred) {
        var product = signs(yTrue, yPred).times(yPred);
        var gap = Elements.weak(1.0, product).minus(product);
        return Elements.maximum(gap, Elements.weak(0.0, gap));
    }

    /** The mean over the last axis of max(1 - t p, 0); targets are -1 or 1, or 0 or 1. */
    public static Tensor hinge(Tensor yTrue, Tensor yPred) {
        return margin(yTrue, yPred).mean(-1);
    }

    /** The mean over the last axis of max(1 - t p, 0)^2; targets are -1 or 1, or 0 or 1. */
    public static Tensor squaredHinge(Tensor yTrue, Tensor yPred) {
        return margin(yTrue, yPred).square().mean(-1);
    }

    /** max(neg - pos + 1, 0), neg being the largest (1 - t) p and pos the sum of t p. */
    public static Tensor categoricalHinge(Tensor yTrue, Tensor yPred) {
        var t = yTrue.cast(yPred.dtype());
        var positive = t.times(yPred).sum(-1);
        var negative = Elements.weak(1.0, t).minus(t).times(yPred).max(-1);
        var gap = negative.minus(positive).plus(1.0);
        return Elements.maximum(gap, Elements.weak(0.0, gap));
    }

    // ---- classes whose simple names stand for a loss and a metric
    // -----------------------------------------------------------------

    /** The loss {@link BinaryCrossentropy}. */
    public static BinaryCrossentropy binaryCrossentropy() {
        return new BinaryCrossentropy();
    }

    /** The loss {@link CategoricalCrossentropy}. */
    public static CategoricalCrossentropy categoricalCrossentropy() {
        return new CategoricalCrossentropy();
    }

    /** The loss {@link CategoricalHinge}. */
    public static CategoricalHinge categoricalHinge() {
        return new CategoricalHinge();
    }

    /** The loss {@link CosineSimilarity}. */
    public static CosineSimilarity cosineSimilarity() {
        return new CosineSimilarity();
    }

    /** The loss {@link Hinge}. */
    public static Hinge hinge() {
        return new Hinge();
    }

    /** The loss {@link KLDivergence}. */
    public static KLDivergence klDivergence() {
        return new KLDivergence();
    }

    /** The loss {@link MeanAbsoluteError}. */
    public static MeanAbsoluteError meanAbsoluteError() {
        return new MeanAbsoluteError();
    }

    /** The loss {@link MeanAbsolutePercentageError}. */
    public static MeanAbsolutePercentageError meanAbsolutePercentageError() {
        return new MeanAbsolutePercentageError();
    }

    /** The loss {@link MeanSquaredError}. */
    public static MeanSquaredError meanSquaredError() {
        return new MeanSquaredError();
    }

    /** The loss {@link MeanSquaredLogarithmicError}. */
    public static MeanSquaredLogarithmicError meanSquaredLogarithmicError() {
        return new MeanSquaredLogarithmicError();
    }

    /** The loss {@link Poisson}. */
    public static Poisson poisson() {
        return new Poisson();
    }

    /** The loss {@link SparseCategoricalCrossentropy}. */
    public static SparseCategoricalCrossentropy sparseCategoricalCrossentropy() {
        return new SparseCategoricalCrossentropy();
    }

    /** The loss {@link SquaredHinge}. */
    public static SquaredHinge squaredHinge() {
        return new SquaredHinge();
    }
}
