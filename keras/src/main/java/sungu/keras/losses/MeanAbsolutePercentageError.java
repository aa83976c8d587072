package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** The mean of absolute differences in percent of the target. */
public final class MeanAbsolutePercentageError extends Loss.Of<MeanAbsolutePercentageError> {
    static final ObjectType<MeanAbsolutePercentageError> TYPE =
            ObjectType.of(
                    "keras.losses",
                    "MeanAbsolutePercentageError",
                    MeanAbsolutePercentageError::new,
                    NAME,
                    REDUCTION);

    /** With Keras' defaults. */
    public MeanAbsolutePercentageError() {
        set(NAME, "mean_absolute_percentage_error");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Losses.meanAbsolutePercentageError(pair.first(), pair.second());
    }
}
