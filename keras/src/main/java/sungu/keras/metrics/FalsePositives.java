package sungu.keras.metrics;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;

/** The number, or total weight, of positive predictions that are wrong. */
public final class FalsePositives extends ConditionCount<FalsePositives> {
    static final ObjectType<FalsePositives> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "FalsePositives",
                    FalsePositives::new,
                    NAME,
                    DTYPE,
                    THRESHOLDS);

    /** With Keras' defaults: threshold 0.5. */
    public FalsePositives() {}

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Confusions cell(Weight counter) {
        return new Confusions(null, counter, null, null);
    }
}
