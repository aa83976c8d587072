package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** The Kullback-Leibler divergence t log(t / p). */
public final class KLDivergence extends Loss.Of<KLDivergence> {
    static final ObjectType<KLDivergence> TYPE =
            ObjectType.of("keras.losses", "KLDivergence", KLDivergence::new, NAME, REDUCTION);

    /** With Keras' defaults. */
    public KLDivergence() {
        set(NAME, "kl_divergence");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Losses.klDivergence(pair.first(), pair.second());
    }
}
