package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.losses.Losses;
import sungu.tensor.Tensor;

/** The mean Kullback-Leibler divergence. */
public final class KLDivergence extends MeanOfFunction<KLDivergence> {
    static final ObjectType<KLDivergence> TYPE =
            ObjectType.of("keras.metrics", "KLDivergence", KLDivergence::new, NAME, DTYPE);

    /** With Keras' defaults. */
    public KLDivergence() {
        set(NAME, "kl_divergence");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.klDivergence(yTrue, yPred);
    }
}
