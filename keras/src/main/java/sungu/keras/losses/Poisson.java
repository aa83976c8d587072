package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** The Poisson loss p - t log p. */
public final class Poisson extends Loss.Of<Poisson> {
    static final ObjectType<Poisson> TYPE =
            ObjectType.of("keras.losses", "Poisson", Poisson::new, NAME, REDUCTION);

    /** With Keras' defaults. */
    public Poisson() {
        set(NAME, "poisson");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Losses.poisson(pair.first(), pair.second());
    }
}
