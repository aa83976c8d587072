package sungu.keras.metrics;

import sungu.keras.config.ObjectType;

/** The share of positive predictions that are right. */
public final class Precision extends Thresholded<Precision> {
    static final ObjectType<Precision> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "Precision",
                    Precision::new,
                    NAME,
                    DTYPE,
                    THRESHOLDS,
                    TOP_K,
                    CLASS_ID);

    /** With Keras' defaults: threshold 0.5, all classes together. */
    public Precision() {}

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    String errorName() {
        return "false_positives";
    }
}
