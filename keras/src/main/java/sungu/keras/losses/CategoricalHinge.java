package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** The hinge loss of one-hot classes. */
public final class CategoricalHinge extends Loss.Of<CategoricalHinge> {
    static final ObjectType<CategoricalHinge> TYPE =
            ObjectType.of(
                    "keras.losses", "CategoricalHinge", CategoricalHinge::new, NAME, REDUCTION);

    /** With Keras' defaults. */
    public CategoricalHinge() {
        set(NAME, "categorical_hinge");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Losses.categoricalHinge(pair.first(), pair.second());
    }
}
