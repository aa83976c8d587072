package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.losses.WeightedValues;
import sungu.tensor.Tensor;

/** The root of the mean of squared differences. */
public final class RootMeanSquaredError extends Averaging<RootMeanSquaredError> {
    static final ObjectType<RootMeanSquaredError> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "RootMeanSquaredError",
                    RootMeanSquaredError::new,
                    NAME,
                    DTYPE);

    /** With Keras' defaults. */
    public RootMeanSquaredError() {
        set(NAME, "root_mean_squared_error");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        var pair = WeightedValues.sameRank(yTrue.cast(dtype()), yPred.cast(dtype()));
        accumulate(pair.second().minus(pair.first()).square(), sampleWeight);
    }

    @Override
    public Tensor result() {
        return super.result().sqrt();
    }
}
