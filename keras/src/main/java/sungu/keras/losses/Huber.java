package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

/** Quadratic for differences up to delta, linear beyond. */
public final class Huber extends Loss.Of<Huber> {
    static final Setting<Double> DELTA = Setting.number("delta").defaults(1.0);
    static final ObjectType<Huber> TYPE =
            ObjectType.of("keras.losses", "Huber", Huber::new, NAME, REDUCTION, DELTA);

    /** With Keras' defaults. */
    public Huber() {
        set(NAME, "huber_loss");
    }

    /** Where the loss becomes linear. */
    public Huber delta(double delta) {
        return with(DELTA, delta);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Losses.huber(pair.first(), pair.second(), get(DELTA));
    }
}
