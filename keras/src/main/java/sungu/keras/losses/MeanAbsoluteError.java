package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** The mean of absolute differences. */
public final class MeanAbsoluteError extends Loss.Of<MeanAbsoluteError> {
    static final ObjectType<MeanAbsoluteError> TYPE =
            ObjectType.of(
                    "keras.losses", "MeanAbsoluteError", MeanAbsoluteError::new, NAME, REDUCTION);

    /** With Keras' defaults. */
    public MeanAbsoluteError() {
        set(NAME, "mean_absolute_error");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Losses.meanAbsoluteError(pair.first(), pair.second());
    }
}
