package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/**
 * Connectionist temporal classification: label sequences [batch, length] without alignment, 0 for
 * padding, against logits [batch, frames, classes].
 */
public final class CTC extends Loss.Of<CTC> {
    static final ObjectType<CTC> TYPE =
            ObjectType.of("keras.losses", "CTC", CTC::new, NAME, REDUCTION);

    /** With Keras' defaults. */
    public CTC() {
        set(NAME, "ctc");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        return Crossentropies.ctc(yTrue, yPred);
    }
}
