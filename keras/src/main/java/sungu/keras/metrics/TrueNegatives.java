package sungu.keras.metrics;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;

/** The number, or total weight, of negative predictions that are right. */
public final class TrueNegatives extends ConditionCount<TrueNegatives> {
    static final ObjectType<TrueNegatives> TYPE =
            ObjectType.of(
                    "keras.metrics", "TrueNegatives", TrueNegatives::new, NAME, DTYPE, THRESHOLDS);

    /** With Keras' defaults: threshold 0.5. */
    public TrueNegatives() {}

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Confusions cell(Weight counter) {
        return new Confusions(null, null, counter, null);
    }
}
