package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** How often predictions equal targets. */
public final class Accuracy extends MeanOfFunction<Accuracy> {
    static final ObjectType<Accuracy> TYPE =
            ObjectType.of("keras.metrics", "Accuracy", Accuracy::new, NAME, DTYPE);

    /** With Keras' defaults. */
    public Accuracy() {
        set(NAME, "accuracy");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Accuracies.accuracy(yTrue, yPred);
    }
}
