package sungu.keras.metrics;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;

/** The number, or total weight, of negative predictions that are wrong. */
public final class FalseNegatives extends ConditionCount<FalseNegatives> {
    static final ObjectType<FalseNegatives> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "FalseNegatives",
                    FalseNegatives::new,
                    NAME,
                    DTYPE,
                    THRESHOLDS);

    /** With Keras' defaults: threshold 0.5. */
    public FalseNegatives() {}

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Confusions cell(Weight counter) {
        return new Confusions(null, null, null, counter);
    }
}
