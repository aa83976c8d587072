package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.losses.Losses;
import sungu.tensor.Tensor;

/** The mean hinge loss of one-hot classes. */
public final class CategoricalHinge extends MeanOfFunction<CategoricalHinge> {
    static final ObjectType<CategoricalHinge> TYPE =
            ObjectType.of("keras.metrics", "CategoricalHinge", CategoricalHinge::new, NAME, DTYPE);

    /** With Keras' defaults. */
    public CategoricalHinge() {
        set(NAME, "categorical_hinge");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.categoricalHinge(yTrue, yPred);
    }
}
