package sungu.keras.metrics;

import sungu.keras.config.ObjectType;

/** The harmonic mean of precision and recall, per class or over all. */
public final class F1Score extends FScore<F1Score> {
    static final ObjectType<F1Score> TYPE =
            ObjectType.of(
                    "keras.metrics", "F1Score", F1Score::new, NAME, DTYPE, AVERAGE, THRESHOLD);

    /**
     * With Keras' defaults: a score per class; the largest prediction of a sample counts as
     * positive.
     */
    public F1Score() {
        set(NAME, "f1_score");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    double weight() {
        return 1;
    }
}
