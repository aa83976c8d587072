package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

/** The best precision where the recall is at least a value. */
public final class PrecisionAtRecall extends Tradeoff<PrecisionAtRecall> {
    static final Setting<Double> LEVEL = level("recall");
    static final ObjectType<PrecisionAtRecall> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "PrecisionAtRecall",
                    PrecisionAtRecall::new,
                    NAME,
                    DTYPE,
                    CLASS_ID,
                    NUM_THRESHOLDS,
                    LEVEL);

    /** The recall that has to be reached, from 0 to 1. */
    public PrecisionAtRecall(double recall) {
        set(LEVEL, recall);
    }

    private PrecisionAtRecall() {}

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    public Tensor result() {
        build();
        return best(sensitivity(), precision(), get(LEVEL));
    }
}
