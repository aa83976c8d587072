package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.losses.Losses;
import sungu.tensor.Tensor;

/** The mean of absolute differences. */
public final class MeanAbsoluteError extends MeanOfFunction<MeanAbsoluteError> {
    static final ObjectType<MeanAbsoluteError> TYPE =
            ObjectType.of(
                    "keras.metrics", "MeanAbsoluteError", MeanAbsoluteError::new, NAME, DTYPE);

    /** With Keras' defaults. */
    public MeanAbsoluteError() {
        set(NAME, "mean_absolute_error");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.meanAbsoluteError(yTrue, yPred);
    }
}
