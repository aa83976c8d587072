package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.random.SeedGenerator;
import sungu.ops.Randoms;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.Context;

/** Adds normal noise of mean 0 in training. */
public final class GaussianNoise extends Layer.Of<GaussianNoise> {
    static final Setting<Double> STDDEV =
            Setting.number("stddev").check(stddev -> stddev >= 0 && stddev <= 1, "between 0 and 1");
    static final Setting<Integer> SEED = Setting.integer("seed").optional();
    static final ObjectType<GaussianNoise> TYPE =
            typed("GaussianNoise", GaussianNoise::new, STDDEV, SEED);

    private @Nullable SeedGenerator seeds;

    private GaussianNoise() {
        supportsMasking(true);
    }

    /** Adds noise of this standard deviation. */
    public GaussianNoise(double stddev) {
        this();
        set(STDDEV, stddev);
    }

    @Override
    public ObjectType<GaussianNoise> type() {
        return TYPE;
    }

    /** The seed; without one it is drawn from the global source. */
    public GaussianNoise seed(int seed) {
        return with(SEED, seed);
    }

    /** The seed is drawn as soon as all settings are known, in Keras' order. */
    @Override
    protected void configured() {
        if (get(STDDEV) > 0) {
            seeds();
        }
    }

    @Override
    protected void build(Shape input) {
        configured();
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        double stddev = get(STDDEV);
        if (!context.training() || stddev == 0) {
            return input;
        }
        return input.plus(
                Randoms.statelessNormal(input.shape(), seeds().next(), 0, stddev, input.dtype()));
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
