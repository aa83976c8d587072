package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

/** The best specificity where the sensitivity is at least a value. */
public final class SpecificityAtSensitivity extends Tradeoff<SpecificityAtSensitivity> {
    static final Setting<Double> LEVEL = level("sensitivity");
    static final ObjectType<SpecificityAtSensitivity> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "SpecificityAtSensitivity",
                    SpecificityAtSensitivity::new,
                    NAME,
                    DTYPE,
                    CLASS_ID,
                    NUM_THRESHOLDS,
                    LEVEL);

    /** The sensitivity that has to be reached, from 0 to 1. */
    public SpecificityAtSensitivity(double sensitivity) {
        set(LEVEL, sensitivity);
    }

    private SpecificityAtSensitivity() {}

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    public Tensor result() {
        build();
        return best(sensitivity(), specificity(), get(LEVEL));
    }
}
