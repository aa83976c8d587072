package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.losses.Crossentropies;
import sungu.tensor.Tensor;

/** The mean cross-entropy between one-hot labels and predictions. */
public final class CategoricalCrossentropy extends MeanOfFunction<CategoricalCrossentropy> {
    static final Setting<Boolean> FROM_LOGITS = Setting.flag("from_logits").defaults(false);
    static final Setting<Double> LABEL_SMOOTHING = Setting.number("label_smoothing").defaults(0.0);
    static final Setting<Integer> AXIS = Setting.integer("axis").defaults(-1);
    static final ObjectType<CategoricalCrossentropy> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "CategoricalCrossentropy",
                    CategoricalCrossentropy::new,
                    NAME,
                    DTYPE,
                    FROM_LOGITS,
                    LABEL_SMOOTHING,
                    AXIS);

    /** With Keras' defaults. */
    public CategoricalCrossentropy() {
        set(NAME, "categorical_crossentropy");
    }

    /** Whether predictions are logits, not probabilities. */
    public CategoricalCrossentropy fromLogits(boolean fromLogits) {
        return with(FROM_LOGITS, fromLogits);
    }

    /** How far labels are moved towards uniform ones, from 0 to 1. */
    public CategoricalCrossentropy labelSmoothing(double labelSmoothing) {
        return with(LABEL_SMOOTHING, labelSmoothing);
    }

    /** The axis of the classes. */
    public CategoricalCrossentropy axis(int axis) {
        return with(AXIS, axis);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Crossentropies.categoricalCrossentropy(
                yTrue, yPred, get(FROM_LOGITS), get(LABEL_SMOOTHING), get(AXIS));
    }
}
