package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

/** The best recall where the precision is at least a value. */
public final class RecallAtPrecision extends Tradeoff<RecallAtPrecision> {
    static final Setting<Double> LEVEL = level("precision");
    static final ObjectType<RecallAtPrecision> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "RecallAtPrecision",
                    RecallAtPrecision::new,
                    NAME,
                    DTYPE,
                    CLASS_ID,
                    NUM_THRESHOLDS,
                    LEVEL);

    /** The precision that has to be reached, from 0 to 1. */
    public RecallAtPrecision(double precision) {
        set(LEVEL, precision);
    }

    private RecallAtPrecision() {}

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    public Tensor result() {
        build();
        return best(precision(), sensitivity(), get(LEVEL));
    }
}
