package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** The mean of squared differences. */
public final class MeanSquaredError extends Loss.Of<MeanSquaredError> {
    static final ObjectType<MeanSquaredError> TYPE =
            ObjectType.of(
                    "keras.losses", "MeanSquaredError", MeanSquaredError::new, NAME, REDUCTION);

    /** With Keras' defaults. */
    public MeanSquaredError() {
        set(NAME, "mean_squared_error");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Losses.meanSquaredError(pair.first(), pair.second());
    }
}
