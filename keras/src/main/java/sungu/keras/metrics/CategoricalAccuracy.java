package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** How often the largest prediction is that of the one-hot target. */
public final class CategoricalAccuracy extends MeanOfFunction<CategoricalAccuracy> {
    static final ObjectType<CategoricalAccuracy> TYPE =
            ObjectType.of(
                    "keras.metrics", "CategoricalAccuracy", CategoricalAccuracy::new, NAME, DTYPE);

    /** With Keras' defaults. */
    public CategoricalAccuracy() {
        set(NAME, "categorical_accuracy");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Accuracies.categoricalAccuracy(yTrue, yPred);
    }
}
