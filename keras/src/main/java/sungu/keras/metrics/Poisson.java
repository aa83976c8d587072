package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.losses.Losses;
import sungu.tensor.Tensor;

/** The mean Poisson loss. */
public final class Poisson extends MeanOfFunction<Poisson> {
    static final ObjectType<Poisson> TYPE =
            ObjectType.of("keras.metrics", "Poisson", Poisson::new, NAME, DTYPE);

    /** With Keras' defaults. */
    public Poisson() {
        set(NAME, "poisson");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.poisson(yTrue, yPred);
    }
}
