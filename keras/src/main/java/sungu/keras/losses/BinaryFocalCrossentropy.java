package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

/** Cross-entropy between two classes in which easy samples count less. */
public final class BinaryFocalCrossentropy extends Loss.Of<BinaryFocalCrossentropy> {
    static final Setting<Boolean> FROM_LOGITS = Setting.flag("from_logits").defaults(false);
    static final Setting<Double> LABEL_SMOOTHING = Setting.number("label_smoothing").defaults(0.0);
    static final Setting<Integer> AXIS = Setting.integer("axis").defaults(-1);
    static final Setting<Boolean> APPLY_CLASS_BALANCING =
            Setting.flag("apply_class_balancing").defaults(false);
    static final Setting<Double> ALPHA = Setting.number("alpha").defaults(0.25);
    static final Setting<Double> GAMMA = Setting.number("gamma").defaults(2.0);
    static final ObjectType<BinaryFocalCrossentropy> TYPE =
            ObjectType.of(
                    "keras.losses",
                    "BinaryFocalCrossentropy",
                    BinaryFocalCrossentropy::new,
                    NAME,
                    REDUCTION,
                    FROM_LOGITS,
                    LABEL_SMOOTHING,
                    AXIS,
                    APPLY_CLASS_BALANCING,
                    ALPHA,
                    GAMMA);

    /** With Keras' defaults. */
    public BinaryFocalCrossentropy() {
        set(NAME, "binary_focal_crossentropy");
    }

    /** Whether predictions are logits, not probabilities. */
    public BinaryFocalCrossentropy fromLogits(boolean fromLogits) {
        return with(FROM_LOGITS, fromLogits);
    }

    /** How far labels are moved towards uniform ones, from 0 to 1. */
    public BinaryFocalCrossentropy labelSmoothing(double labelSmoothing) {
        return with(LABEL_SMOOTHING, labelSmoothing);
    }

    /** The axis of the classes. */
    public BinaryFocalCrossentropy axis(int axis) {
        return with(AXIS, axis);
    }

    /** Whether alpha balances the classes. */
    public BinaryFocalCrossentropy applyClassBalancing(boolean applyClassBalancing) {
        return with(APPLY_CLASS_BALANCING, applyClassBalancing);
    }

    /** The weight of class 1; class 0 has the rest. */
    public BinaryFocalCrossentropy alpha(double alpha) {
        return with(ALPHA, alpha);
    }

    /** How much less easy samples count. */
    public BinaryFocalCrossentropy gamma(double gamma) {
        return with(GAMMA, gamma);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Crossentropies.binaryFocalCrossentropy(
                pair.first(),
                pair.second(),
                get(APPLY_CLASS_BALANCING),
                get(ALPHA),
                get(GAMMA),
                get(FROM_LOGITS),
                get(LABEL_SMOOTHING),
                get(AXIS));
    }
}
