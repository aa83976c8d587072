package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** How often the largest prediction is that of the target index. */
public final class SparseCategoricalAccuracy extends MeanOfFunction<SparseCategoricalAccuracy> {
    static final ObjectType<SparseCategoricalAccuracy> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "SparseCategoricalAccuracy",
                    SparseCategoricalAccuracy::new,
                    NAME,
                    DTYPE);

    /** With Keras' defaults. */
    public SparseCategoricalAccuracy() {
        set(NAME, "sparse_categorical_accuracy");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Accuracies.sparseCategoricalAccuracy(yTrue, yPred);
    }
}
