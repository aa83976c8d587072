package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.regularizers.Regularizer;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;

/** A normalization of each row followed by a learnt factor and offset. */
abstract class AffineNormalization<S extends AffineNormalization<S>> extends Layer.Of<S> {
    static final Setting<Double> EPSILON = Setting.number("epsilon").defaults(1e-3);
    static final Setting<Boolean> CENTER = Setting.flag("center").defaults(true);
    static final Setting<Boolean> SCALE = Setting.flag("scale").defaults(true);
    static final WeightSetting BETA = WeightSetting.of("beta", "zeros");
    static final WeightSetting GAMMA = WeightSetting.of("gamma", "ones");

    private @Nullable Weight gamma;
    private @Nullable Weight beta;

    AffineNormalization() {
        supportsMasking(true);
    }

    /** A class's first settings, followed by those of this family. */
    static Setting<?>[] affine(Setting<?>... first) {
        var all = new ArrayList<>(List.of(first));
        all.addAll(
                List.of(
                        EPSILON,
                        CENTER,
                        SCALE,
                        BETA.initializer(),
                        GAMMA.initializer(),
                        BETA.regularizer(),
                        GAMMA.regularizer(),
                        BETA.constraint(),
                        GAMMA.constraint()));
        return all.toArray(Setting<?>[]::new);
    }

    /** What is added to the variance. */
    public S epsilon(double epsilon) {
        return with(EPSILON, epsilon);
    }

    /** Whether a learnt offset is added. */
    public S center(boolean on) {
        return with(CENTER, on);
    }

    /** Whether a learnt factor is applied. */
    public S scale(boolean on) {
        return with(SCALE, on);
    }

    /** How the offset begins. */
    public S betaInitializer(Initializer chosen) {
        return with(BETA.initializer(), chosen);
    }

    /** How the factor begins. */
    public S gammaInitializer(Initializer chosen) {
        return with(GAMMA.initializer(), chosen);
    }

    /** The penalty on the offset. */
    public S betaRegularizer(Regularizer chosen) {
        return with(BETA.regularizer(), chosen);
    }

    /** The penalty on the factor. */
    public S gammaRegularizer(Regularizer chosen) {
        return with(GAMMA.regularizer(), chosen);
    }

    /** The limits of the offset. */
    public S betaConstraint(Constraint chosen) {
        return with(BETA.constraint(), chosen);
    }

    /** The limits of the factor. */
    public S gammaConstraint(Constraint chosen) {
        return with(GAMMA.constraint(), chosen);
    }

    /** Inputs stay as precise as they are. */
    @Override
    protected boolean autocast() {
        return false;
    }

    /** Makes the weights. */
    final void addWeights(Shape shape, boolean scale, boolean center) {
        if (scale) {
            gamma = addWeight("gamma", shape, GAMMA);
        }
        if (center) {
            beta = addWeight("beta", shape, BETA);
        }
    }

    /**
     * {@code x * factor * gamma + beta}, in the dtype of x.
     *
     * @param shape the shape of gamma and beta in the broadcast
     */
    final Tensor affine(Tensor x, Tensor factor, Shape shape) {
        var by = factor;
        if (gamma != null) {
            by = by.times(Movements.reshape(gamma.plainValue().cast(x.dtype()), shape));
        }
        var y = x.times(by);
        return beta == null
                ? y
                : y.plus(Movements.reshape(beta.plainValue().cast(x.dtype()), shape));
    }
}
