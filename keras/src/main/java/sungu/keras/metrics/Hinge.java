package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.losses.Losses;
import sungu.tensor.Tensor;

/** The mean hinge loss. */
public final class Hinge extends MeanOfFunction<Hinge> {
    static final ObjectType<Hinge> TYPE =
            ObjectType.of("keras.metrics", "Hinge", Hinge::new, NAME, DTYPE);

    /** With Keras' defaults. */
    public Hinge() {
        set(NAME, "hinge");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.hinge(yTrue, yPred);
    }
}
