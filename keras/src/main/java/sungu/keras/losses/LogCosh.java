package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** The mean of log(cosh(difference)). */
public final class LogCosh extends Loss.Of<LogCosh> {
    static final ObjectType<LogCosh> TYPE =
            ObjectType.of("keras.losses", "LogCosh", LogCosh::new, NAME, REDUCTION);

    /** With Keras' defaults. */
    public LogCosh() {
        set(NAME, "log_cosh");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Losses.logCosh(pair.first(), pair.second());
    }
}
