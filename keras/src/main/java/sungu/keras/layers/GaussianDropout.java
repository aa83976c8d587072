package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Randoms;
import sungu.tensor.Tensor;

/**
 * Multiplies by normal noise of mean 1 in training; its spread is that of a dropout of the same
 * rate.
 */
public final class GaussianDropout extends RandomLayer<GaussianDropout> {
    static final ObjectType<GaussianDropout> TYPE =
            typed("GaussianDropout", GaussianDropout::new, RATE, SEED);

    private GaussianDropout() {
        supportsMasking(true);
    }

    /** Multiplies by noise of standard deviation sqrt(rate / (1 - rate)). */
    public GaussianDropout(double rate) {
        this();
        set(RATE, rate);
    }

    @Override
    public ObjectType<GaussianDropout> type() {
        return TYPE;
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
        double spread = Math.sqrt(rate / (1 - rate));
        return input.times(
                Randoms.statelessNormal(input.shape(), nextSeed(), 1, spread, input.dtype()));
    }
}
