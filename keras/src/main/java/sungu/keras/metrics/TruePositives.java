package sungu.keras.metrics;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;

/** The number, or total weight, of positive predictions that are right. */
public final class TruePositives extends ConditionCount<TruePositives> {
    static final ObjectType<TruePositives> TYPE =
            ObjectType.of(
                    "keras.metrics", "TruePositives", TruePositives::new, NAME, DTYPE, THRESHOLDS);

    /** With Keras' defaults: threshold 0.5. */
    public TruePositives() {}

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Confusions cell(Weight counter) {
        return new Confusions(counter, null, null, null);
    }
}
