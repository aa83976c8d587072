package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** The squared hinge loss max(1 - t p, 0)^2. */
public final class SquaredHinge extends Loss.Of<SquaredHinge> {
    static final ObjectType<SquaredHinge> TYPE =
            ObjectType.of("keras.losses", "SquaredHinge", SquaredHinge::new, NAME, REDUCTION);

    /** With Keras' defaults. */
    public SquaredHinge() {
        set(NAME, "squared_hinge");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Losses.squaredHinge(pair.first(), pair.second());
    }
}
