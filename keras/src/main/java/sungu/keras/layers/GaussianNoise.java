package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Randoms;
import sungu.tensor.Tensor;

/** Adds normal noise of mean 0 in training. */
public final class GaussianNoise extends RandomLayer<GaussianNoise> {
    static final Setting<Double> STDDEV =
            Setting.number("stddev").check(stddev -> stddev >= 0 && stddev <= 1, "between 0 and 1");
    static final ObjectType<GaussianNoise> TYPE =
            typed("GaussianNoise", GaussianNoise::new, STDDEV, SEED);

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

    @Override
    boolean isRandom() {
        return get(STDDEV) > 0;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return context.training() && isRandom()
                ? input.plus(
                        Randoms.statelessNormal(
                                input.shape(), nextSeed(), 0, get(STDDEV), input.dtype()))
                : input;
    }
}
