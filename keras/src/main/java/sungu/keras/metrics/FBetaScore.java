package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;

/** The weighted harmonic mean of precision and recall, per class or over all. */
public final class FBetaScore extends FScore<FBetaScore> {
    static final Setting<Double> BETA = Setting.number("beta").defaults(1.0).positive();
    static final ObjectType<FBetaScore> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "FBetaScore",
                    FBetaScore::new,
                    NAME,
                    DTYPE,
                    AVERAGE,
                    BETA,
                    THRESHOLD);

    /**
     * With Keras' defaults: a score per class; the largest prediction of a sample counts as
     * positive.
     */
    public FBetaScore() {
        set(NAME, "fbeta_score");
    }

    /** How much more recall counts than precision. */
    public FBetaScore beta(double beta) {
        return with(BETA, beta);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    double weight() {
        return get(BETA);
    }
}
