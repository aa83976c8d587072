package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.losses.Losses;
import sungu.tensor.Tensor;

/** The mean of squared differences. */
public final class MeanSquaredError extends MeanOfFunction<MeanSquaredError> {
    static final ObjectType<MeanSquaredError> TYPE =
            ObjectType.of("keras.metrics", "MeanSquaredError", MeanSquaredError::new, NAME, DTYPE);

    /** With Keras' defaults. */
    public MeanSquaredError() {
        set(NAME, "mean_squared_error");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.meanSquaredError(yTrue, yPred);
    }
}
