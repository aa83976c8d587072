package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

/** The best sensitivity where the specificity is at least a value. */
public final class SensitivityAtSpecificity extends Tradeoff<SensitivityAtSpecificity> {
    static final Setting<Double> LEVEL = level("specificity");
    static final ObjectType<SensitivityAtSpecificity> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "SensitivityAtSpecificity",
                    SensitivityAtSpecificity::new,
                    NAME,
                    DTYPE,
                    CLASS_ID,
                    NUM_THRESHOLDS,
                    LEVEL);

    /** The specificity that has to be reached, from 0 to 1. */
    public SensitivityAtSpecificity(double specificity) {
        set(LEVEL, specificity);
    }

    private SensitivityAtSpecificity() {}

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    public Tensor result() {
        build();
        return best(specificity(), sensitivity(), get(LEVEL));
    }
}
