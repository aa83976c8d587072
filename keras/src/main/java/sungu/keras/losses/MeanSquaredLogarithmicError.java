package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** The mean of squared differences of logarithms. */
public final class MeanSquaredLogarithmicError extends Loss.Of<MeanSquaredLogarithmicError> {
    static final ObjectType<MeanSquaredLogarithmicError> TYPE =
            ObjectType.of(
                    "keras.losses",
                    "MeanSquaredLogarithmicError",
                    MeanSquaredLogarithmicError::new,
                    NAME,
                    REDUCTION);

    /** With Keras' defaults. */
    public MeanSquaredLogarithmicError() {
        set(NAME, "mean_squared_logarithmic_error");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Losses.meanSquaredLogarithmicError(pair.first(), pair.second());
    }
}
