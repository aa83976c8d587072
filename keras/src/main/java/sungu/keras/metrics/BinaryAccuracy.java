package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

/** How often predictions, cut at a threshold, equal targets 0 and 1. */
public final class BinaryAccuracy extends MeanOfFunction<BinaryAccuracy> {
    static final Setting<Double> THRESHOLD = Setting.number("threshold").defaults(0.5);
    static final ObjectType<BinaryAccuracy> TYPE =
            ObjectType.of(
                    "keras.metrics", "BinaryAccuracy", BinaryAccuracy::new, NAME, DTYPE, THRESHOLD);

    /** With Keras' defaults. */
    public BinaryAccuracy() {
        set(NAME, "binary_accuracy");
    }

    /** Above which a prediction counts as 1. */
    public BinaryAccuracy threshold(double threshold) {
        return with(THRESHOLD, threshold);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Accuracies.binaryAccuracy(yTrue, yPred, get(THRESHOLD));
    }
}
