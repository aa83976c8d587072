package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** The hinge loss max(1 - t p, 0). */
public final class Hinge extends Loss.Of<Hinge> {
    static final ObjectType<Hinge> TYPE =
            ObjectType.of("keras.losses", "Hinge", Hinge::new, NAME, REDUCTION);

    /** With Keras' defaults. */
    public Hinge() {
        set(NAME, "hinge");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Losses.hinge(pair.first(), pair.second());
    }
}
