package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.losses.Losses;
import sungu.tensor.Tensor;

/** The mean squared hinge loss. */
public final class SquaredHinge extends MeanOfFunction<SquaredHinge> {
    static final ObjectType<SquaredHinge> TYPE =
            ObjectType.of("keras.metrics", "SquaredHinge", SquaredHinge::new, NAME, DTYPE);

    /** With Keras' defaults. */
    public SquaredHinge() {
        set(NAME, "squared_hinge");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.squaredHinge(yTrue, yPred);
    }
}
