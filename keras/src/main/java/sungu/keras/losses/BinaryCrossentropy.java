package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

/** Cross-entropy between two classes. */
public final class BinaryCrossentropy extends Loss.Of<BinaryCrossentropy> {
    static final Setting<Boolean> FROM_LOGITS = Setting.flag("from_logits").defaults(false);
    static final Setting<Double> LABEL_SMOOTHING = Setting.number("label_smoothing").defaults(0.0);
    static final Setting<Integer> AXIS = Setting.integer("axis").defaults(-1);
    static final ObjectType<BinaryCrossentropy> TYPE =
            ObjectType.of(
                    "keras.losses",
                    "BinaryCrossentropy",
                    BinaryCrossentropy::new,
                    NAME,
                    REDUCTION,
                    FROM_LOGITS,
                    LABEL_SMOOTHING,
                    AXIS);

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

    /** The axis of the classes. */
    public BinaryCrossentropy axis(int axis) {
        return with(AXIS, axis);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Crossentropies.binaryCrossentropy(
                pair.first(), pair.second(), get(FROM_LOGITS), get(LABEL_SMOOTHING), get(AXIS));
    }
}
