package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

/** (1 - p^q) / q: robust against wrong labels. */
public final class CategoricalGeneralizedCrossEntropy
        extends Loss.Of<CategoricalGeneralizedCrossEntropy> {
    static final Setting<Double> Q =
            Setting.number("q")
                    .defaults(0.5)
                    .check(q -> q > 0 && q < 1, "between 0 and 1, both excluded");
    static final ObjectType<CategoricalGeneralizedCrossEntropy> TYPE =
            ObjectType.of(
                    "keras.losses",
                    "CategoricalGeneralizedCrossEntropy",
                    CategoricalGeneralizedCrossEntropy::new,
                    NAME,
                    REDUCTION,
                    Q);

    /** With Keras' defaults. */
    public CategoricalGeneralizedCrossEntropy() {
        set(NAME, "categorical_generalized_cross_entropy");
    }

    /** Between 0 (cross-entropy) and 1 (absolute error), both excluded. */
    public CategoricalGeneralizedCrossEntropy q(double q) {
        return with(Q, q);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Crossentropies.categoricalGeneralizedCrossEntropy(
                pair.first(), pair.second(), get(Q));
    }
}
