package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.losses.Losses;
import sungu.tensor.Tensor;

/** The mean of log(cosh(difference)). */
public final class LogCoshError extends MeanOfFunction<LogCoshError> {
    static final ObjectType<LogCoshError> TYPE =
            ObjectType.of("keras.metrics", "LogCoshError", LogCoshError::new, NAME, DTYPE);

    /** With Keras' defaults. */
    public LogCoshError() {
        set(NAME, "logcosh");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.logCosh(yTrue, yPred);
    }
}
