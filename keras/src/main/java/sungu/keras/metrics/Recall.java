package sungu.keras.metrics;

import sungu.keras.config.ObjectType;

/** The share of positive targets that are found. */
public final class Recall extends Thresholded<Recall> {
    static final ObjectType<Recall> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "Recall",
                    Recall::new,
                    NAME,
                    DTYPE,
                    THRESHOLDS,
                    TOP_K,
                    CLASS_ID);

    /** With Keras' defaults: threshold 0.5, all classes together. */
    public Recall() {}

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    String errorName() {
        return "false_negatives";
    }
}
