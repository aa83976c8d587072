package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.random.SeedGenerator;
import sungu.ops.Randoms;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.Context;

/**
 * Multiplies by normal noise of mean 1 in training; its spread is that of a dropout of the same
 * rate.
 */
public final class GaussianDropout extends Layer.Of<GaussianDropout> {
    static final Setting<Double> RATE =
            Setting.number("rate").check(rate -> rate >= 0 && rate <= 1, "between 0 and 1");
    static final Setting<Integer> SEED = Setting.integer("seed").optional();
    static final ObjectType<GaussianDropout> TYPE =
            typed("GaussianDropout", GaussianDropout::new, RATE, SEED);

    private @Nullable SeedGenerator seeds;

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

    /** The seed; without one it is drawn from the global source. */
    public GaussianDropout seed(int seed) {
        return with(SEED, seed);
    }

    /** The seed is drawn as soon as all settings are known, in Keras' order. */
    @Override
    protected void configured() {
        if (get(RATE) > 0) {
            seeds();
        }
    }

    @Override
    protected void build(Shape input) {
        configured();
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        double rate = get(RATE);
        if (!context.training() || rate == 0) {
            return input;
        }
        double spread = Math.sqrt(rate / (1 - rate));
        return input.times(
                Randoms.statelessNormal(input.shape(), seeds().next(), 1, spread, input.dtype()));
    }

    private SeedGenerator seeds() {
        var known = seeds;
        if (known == null) {
            var seed = find(SEED);
            known =
                    Context.eagerly(
                            () -> new SeedGenerator(seed == null ? null : Long.valueOf(seed)));
            trackState(known.state());
            seeds = known;
        }
        return known;
    }
}
