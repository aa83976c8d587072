package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Codecs;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.regularizers.Regularizer;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Nets;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings each channel to mean 0 and variance 1, by the statistics of the batch in training and by
 * moving ones otherwise (Ioffe and Szegedy, "Batch Normalization", 2015). With {@code renorm}
 * training corrects towards the moving statistics (Ioffe, "Batch Renormalization", 2017).
 */
public final class BatchNormalization extends Layer.Of<BatchNormalization> {
    static final Setting<Integer> AXIS = Setting.integer("axis").defaults(-1);
    static final Setting<Double> MOMENTUM = Setting.number("momentum").defaults(0.99);
    static final Setting<Double> EPSILON = Setting.number("epsilon").defaults(1e-3);
    static final Setting<Boolean> CENTER = Setting.flag("center").defaults(true);
    static final Setting<Boolean> SCALE = Setting.flag("scale").defaults(true);
    static final Setting<Initializer> BETA_INITIALIZER =
            WeightSettings.initializer("beta_initializer", "zeros");
    static final Setting<Initializer> GAMMA_INITIALIZER =
            WeightSettings.initializer("gamma_initializer", "ones");
    static final Setting<Initializer> MEAN_INITIALIZER =
            WeightSettings.initializer("moving_mean_initializer", "zeros");
    static final Setting<Initializer> VARIANCE_INITIALIZER =
            WeightSettings.initializer("moving_variance_initializer", "ones");
    static final Setting<Regularizer> BETA_REGULARIZER =
            WeightSettings.regularizer("beta_regularizer");
    static final Setting<Regularizer> GAMMA_REGULARIZER =
            WeightSettings.regularizer("gamma_regularizer");
    static final Setting<Constraint> BETA_CONSTRAINT = WeightSettings.constraint("beta_constraint");
    static final Setting<Constraint> GAMMA_CONSTRAINT =
            WeightSettings.constraint("gamma_constraint");
    static final Setting<Boolean> SYNCHRONIZED = Setting.flag("synchronized").defaults(false);
    static final Setting<Boolean> RENORM = Setting.flag("renorm").defaults(false);
    static final Setting<Object> RENORM_CLIPPING =
            Setting.tree("renorm_clipping")
                    .optional()
                    .check(
                            tree ->
                                    tree instanceof Map<?, ?> map
                                            && Set.of("rmax", "rmin", "dmax")
                                                    .containsAll(map.keySet()),
                            "a map with keys among rmax, rmin and dmax");
    static final Setting<Double> RENORM_MOMENTUM = Setting.number("renorm_momentum").defaults(0.99);
    static final ObjectType<BatchNormalization> TYPE =
            typed(
                    "BatchNormalization",
                    BatchNormalization::new,
                    AXIS,
                    MOMENTUM,
                    EPSILON,
                    CENTER,
                    SCALE,
                    BETA_INITIALIZER,
                    GAMMA_INITIALIZER,
                    MEAN_INITIALIZER,
                    VARIANCE_INITIALIZER,
                    BETA_REGULARIZER,
                    GAMMA_REGULARIZER,
                    BETA_CONSTRAINT,
                    GAMMA_CONSTRAINT,
                    SYNCHRONIZED,
                    RENORM,
                    RENORM_CLIPPING,
                    RENORM_MOMENTUM);

    private @Nullable Weight gamma;
    private @Nullable Weight beta;
    private @Nullable Weight movingMean;
    private @Nullable Weight movingVariance;
    private @Nullable Weight movingDeviation;
    private @Nullable Weight renormMean;
    private @Nullable Weight renormDeviation;

    /** Normalizes the last axis. */
    public BatchNormalization() {
        supportsMasking(true);
    }

    @Override
    public ObjectType<BatchNormalization> type() {
        return TYPE;
    }

    /** The axis of the channels. */
    public BatchNormalization axis(int axis) {
        return with(AXIS, axis);
    }

    /** How much of the moving statistics is kept at each step. */
    public BatchNormalization momentum(double momentum) {
        return with(MOMENTUM, momentum);
    }

    /** What is added to the variance. */
    public BatchNormalization epsilon(double epsilon) {
        return with(EPSILON, epsilon);
    }

    /** Whether a learnt offset is added. */
    public BatchNormalization center(boolean on) {
        return with(CENTER, on);
    }

    /** Whether a learnt factor is applied. */
    public BatchNormalization scale(boolean on) {
        return with(SCALE, on);
    }

    /** The penalty on the factor. */
    public BatchNormalization gammaRegularizer(Regularizer regularizer) {
        return with(GAMMA_REGULARIZER, regularizer);
    }

    /** The penalty on the offset. */
    public BatchNormalization betaRegularizer(Regularizer regularizer) {
        return with(BETA_REGULARIZER, regularizer);
    }

    /** Whether training corrects towards the moving statistics. */
    public BatchNormalization renorm(boolean on) {
        return with(RENORM, on);
    }

    @Override
    protected void build(Shape input) {
        int channels = input.dim(get(AXIS));
        if (channels < 0) {
            throw new TensorException(
                    "axis " + get(AXIS) + " of the input must be known, got " + input);
        }
        var shape = Shape.of(channels);
        if (get(SCALE)) {
            gamma =
                    addWeight(
                            "gamma",
                            shape,
                            get(GAMMA_INITIALIZER),
                            find(GAMMA_REGULARIZER),
                            find(GAMMA_CONSTRAINT),
                            true);
        }
        if (get(CENTER)) {
            beta =
                    addWeight(
                            "beta",
                            shape,
                            get(BETA_INITIALIZER),
                            find(BETA_REGULARIZER),
                            find(BETA_CONSTRAINT),
                            true);
        }
        movingMean = addWeight("moving_mean", shape, get(MEAN_INITIALIZER), null, null, false);
        movingVariance =
                addWeight("moving_variance", shape, get(VARIANCE_INITIALIZER), null, null, false);
        if (get(RENORM)) {
            var deviation =
                    Elements.sqrt(get(VARIANCE_INITIALIZER).apply(shape, policy().variableDtype()));
            movingDeviation =
                    addWeight(
                            "moving_stddev",
                            shape,
                            WeightSettings.INITIALIZER_CODEC.decode("zeros"),
                            null,
                            null,
                            false);
            renormMean = addWeight("renorm_mean", shape, get(MEAN_INITIALIZER), null, null, false);
            renormDeviation =
                    addWeight(
                            "renorm_stddev",
                            shape,
                            WeightSettings.INITIALIZER_CODEC.decode("zeros"),
                            null,
                            null,
                            false);
            movingDeviation.assign(deviation);
            renormDeviation.assign(deviation);
        }
        inputSpec(InputSpec.rank(input.rank()).axis(get(AXIS), channels));
    }

    @Override
    protected List<String> parameters() {
        return List.of("inputs", "training", "mask");
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        // Half precision overflows in squares: statistics and normalization are computed in float32
        // at least.
        var x = input.dtype() == DType.FLOAT64 ? input : input.cast(DType.FLOAT32);
        var dtype = x.dtype();
        var mean = built(movingMean).value().cast(dtype);
        var variance = built(movingVariance).value().cast(dtype);
        Tensor factor = gamma == null ? null : gamma.value().cast(dtype);
        Tensor offset = beta == null ? null : beta.value().cast(dtype);
        if (context.training() && trainable()) {
            var batch = moments(x, context.mask());
            if (get(RENORM)) {
                var correction = correction(batch);
                offset =
                        offset == null
                                ? scaled(correction.d(), factor)
                                : scaled(correction.d(), factor).plus(offset);
                factor = scaled(correction.r(), factor);
                updateRenorm(batch);
            } else {
                move(built(movingMean), batch.mean(), get(MOMENTUM));
                move(built(movingVariance), batch.variance(), get(MOMENTUM));
            }
            mean = batch.mean();
            variance = batch.variance();
        }
        return Nets.batchNormalization(x, mean, variance, get(AXIS), offset, factor, get(EPSILON))
                .cast(computeDtype());
    }

    private static Tensor scaled(Tensor x, @Nullable Tensor factor) {
        return factor == null ? x : x.times(factor);
    }

    private static void move(Weight moving, Tensor batch, double momentum) {
        var before = moving.value().cast(batch.dtype());
        moving.assign(before.times(momentum).plus(batch.times(1 - momentum)).cast(moving.dtype()));
    }

    private Nets.Moments moments(Tensor x, @Nullable Tensor mask) {
        int channel = x.shape().axis(get(AXIS));
        var axes = new int[x.rank() - 1];
        for (int i = 0, k = 0; i < x.rank(); i++) {
            if (i != channel) {
                axes[k++] = i;
            }
        }
        if (mask == null) {
            return Nets.moments(x, false, axes);
        }
        if (mask.rank() != x.rank() - 1) {
            throw new TensorException(
                    "the mask must have one dimension less than the input, got "
                            + mask.shape()
                            + " and "
                            + x.shape());
        }
        var used =
                Movements.broadcastTo(Movements.expandDims(mask.cast(DType.BOOL), -1), x.shape());
        var zeros = Elements.zerosLike(x);
        var count = Reductions.sum(used.cast(x.dtype()), true, axes).plus(KerasConfig.epsilon());
        var mean = Reductions.sum(Elements.select(used, x, zeros), true, axes).div(count);
        var squares = Elements.select(used, x.minus(mean), zeros).square();
        var variance = Reductions.sum(squares, true, axes).div(count);
        return new Nets.Moments(Movements.squeeze(mean, axes), Movements.squeeze(variance, axes));
    }

    private record Correction(Tensor r, Tensor d) {}

    private Correction correction(Nets.Moments batch) {
        var dtype = batch.mean().dtype();
        var deviation = batch.variance().plus(get(EPSILON)).sqrt();
        var moving =
                Elements.maximum(
                        built(renormDeviation).value().cast(dtype),
                        Elements.weak(Math.sqrt(get(EPSILON)), deviation));
        var r = deviation.div(moving);
        var d = batch.mean().minus(built(renormMean).value().cast(dtype)).div(moving);
        var rmin = limit("rmin");
        var rmax = limit("rmax");
        var dmax = limit("dmax");
        if (rmin != null) {
            r = Elements.maximum(r, Elements.weak(rmin, r));
        }
        if (rmax != null) {
            r = Elements.minimum(r, Elements.weak(rmax, r));
        }
        if (dmax != null) {
            d = Elements.clip(d, Elements.weak(-dmax, d), Elements.weak(dmax, d));
        }
        return new Correction(
                sungu.ops.Controls.stopGradient(r), sungu.ops.Controls.stopGradient(d));
    }

    private @Nullable Double limit(String name) {
        return find(RENORM_CLIPPING) instanceof Map<?, ?> map && map.get(name) != null
                ? Codecs.NUMBER.decode(map.get(name))
                : null;
    }

    private void updateRenorm(Nets.Moments batch) {
        var deviation = batch.variance().plus(get(EPSILON)).sqrt();
        move(built(renormMean), batch.mean(), get(RENORM_MOMENTUM));
        move(built(renormDeviation), deviation, get(RENORM_MOMENTUM));
        move(built(movingMean), batch.mean(), get(MOMENTUM));
        move(built(movingDeviation), deviation, get(MOMENTUM));
        var moved = built(movingDeviation).value();
        built(movingVariance).assign(Nets.relu(moved.times(moved).minus(get(EPSILON))));
    }
}
