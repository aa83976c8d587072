package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.losses.Crossentropies;
import sungu.tensor.Tensor;

/** The mean cross-entropy between two classes. */
public final class BinaryCrossentropy extends MeanOfFunction<BinaryCrossentropy> {
    static final Setting<Boolean> FROM_LOGITS = Setting.flag("from_logits").defaults(false);
    static final Setting<Double> LABEL_SMOOTHING = Setting.number("label_smoothing").defaults(0.0);
    static final ObjectType<BinaryCrossentropy> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "BinaryCrossentropy",
                    BinaryCrossentropy::new,
                    NAME,
                    DTYPE,
                    FROM_LOGITS,
                    LABEL_SMOOTHING);

    /** With Keras' defaults. */
    public BinaryCrossentropy() {
        set(NAME, "binary_crossentropy");
    }

    /** Whether predictions are logits, not probabilities. */
    public BinaryCrossentropy fromLogits(boolean fromLogits) {
        return with(FROM_LOGITS, fromLogits);
    }

    /** How far labels are moved towards uniform ones, from 0 to 1. */
    public BinaryCrossentropy labelSmoothing(double labelSmoothing) {
        return with(LABEL_SMOOTHING, labelSmoothing);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Crossentropies.binaryCrossentropy(
                yTrue, yPred, get(FROM_LOGITS), get(LABEL_SMOOTHING), -1);
    }
}
