package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.losses.Losses;
import sungu.tensor.Tensor;

/** The mean of absolute differences in percent of the target. */
public final class MeanAbsolutePercentageError extends MeanOfFunction<MeanAbsolutePercentageError> {
    static final ObjectType<MeanAbsolutePercentageError> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "MeanAbsolutePercentageError",
                    MeanAbsolutePercentageError::new,
                    NAME,
                    DTYPE);

    /** With Keras' defaults. */
    public MeanAbsolutePercentageError() {
        set(NAME, "mean_absolute_percentage_error");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.meanAbsolutePercentageError(yTrue, yPred);
    }
}
