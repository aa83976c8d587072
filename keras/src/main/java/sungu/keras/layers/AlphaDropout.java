package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.KerasConfig;
import sungu.keras.config.ObjectType;
import sungu.ops.Elements;
import sungu.ops.Randoms;
import sungu.tensor.Tensor;

import java.util.Arrays;

/**
 * A dropout that keeps mean and variance of what SELU units give: dropped elements get SELU's
 * negative limit (Klambauer et al., "Self-Normalizing Neural Networks", 2017).
 */
public final class AlphaDropout extends RandomLayer<AlphaDropout> {
    static final ObjectType<AlphaDropout> TYPE =
            typed("AlphaDropout", AlphaDropout::new, RATE, SEED, NOISE_SHAPE);

    /** The limit of SELU towards minus infinity: -scale * alpha. */
    private static final double DROPPED = -1.0507009873554805 * 1.6732632423543772;

    private AlphaDropout() {
        supportsMasking(true);
    }

    /** Drops this share of the elements. */
    public AlphaDropout(double rate) {
        this();
        set(RATE, rate);
    }

    @Override
    public ObjectType<AlphaDropout> type() {
        return TYPE;
    }

    /**
     * The shape of the mask, where 1 shares a decision along a dimension and null takes that of the
     * input.
     */
    public AlphaDropout noiseShape(@Nullable Integer... dims) {
        return with(NOISE_SHAPE, Arrays.asList(dims));
    }

    @Override
    boolean isRandom() {
        return get(RATE) > 0;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        if (!context.training() || !isRandom()) {
            return input;
        }
        double rate = get(RATE);
        var random =
                Randoms.statelessUniform(
                        noise(input.shape()), nextSeed(), 0, 1, KerasConfig.floatx());
        var kept = Elements.greaterEqual(random, Elements.weak(rate, random)).cast(input.dtype());
        // The affine map that brings back mean 0 and variance 1.
        double scale = 1 / Math.sqrt((1 - rate) * (1 + rate * DROPPED * DROPPED));
        double shift = -scale * DROPPED * rate;
        var x = input.times(kept).plus(kept.times(-DROPPED).plus(DROPPED));
        return x.times(scale).plus(shift);
    }
}
