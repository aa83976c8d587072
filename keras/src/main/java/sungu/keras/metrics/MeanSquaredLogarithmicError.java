package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.losses.Losses;
import sungu.tensor.Tensor;

/** The mean of squared differences of logarithms. */
public final class MeanSquaredLogarithmicError extends MeanOfFunction<MeanSquaredLogarithmicError> {
    static final ObjectType<MeanSquaredLogarithmicError> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "MeanSquaredLogarithmicError",
                    MeanSquaredLogarithmicError::new,
                    NAME,
                    DTYPE);

    /** With Keras' defaults. */
    public MeanSquaredLogarithmicError() {
        set(NAME, "mean_squared_logarithmic_error");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.meanSquaredLogarithmicError(yTrue, yPred);
    }
}
