package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

/** How often the one-hot target is among the k largest predictions. */
public final class TopKCategoricalAccuracy extends MeanOfFunction<TopKCategoricalAccuracy> {
    static final Setting<Integer> K = Setting.integer("k").defaults(5);
    static final ObjectType<TopKCategoricalAccuracy> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "TopKCategoricalAccuracy",
                    TopKCategoricalAccuracy::new,
                    NAME,
                    DTYPE,
                    K);

    /** With Keras' defaults. */
    public TopKCategoricalAccuracy() {
        set(NAME, "top_k_categorical_accuracy");
    }

    /** How many predictions count. */
    public TopKCategoricalAccuracy k(int k) {
        return with(K, k);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Accuracies.topKCategoricalAccuracy(yTrue, yPred, get(K));
    }
}
