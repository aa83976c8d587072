package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.losses.Crossentropies;
import sungu.tensor.Tensor;

/** The mean cross-entropy between class indices and predictions. */
public final class SparseCategoricalCrossentropy
        extends MeanOfFunction<SparseCategoricalCrossentropy> {
    static final Setting<Boolean> FROM_LOGITS = Setting.flag("from_logits").defaults(false);
    static final Setting<Integer> IGNORE_CLASS = Setting.integer("ignore_class").optional();
    static final Setting<Integer> AXIS = Setting.integer("axis").defaults(-1);
    static final ObjectType<SparseCategoricalCrossentropy> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "SparseCategoricalCrossentropy",
                    SparseCategoricalCrossentropy::new,
                    NAME,
                    DTYPE,
                    FROM_LOGITS,
                    IGNORE_CLASS,
                    AXIS);

    /** With Keras' defaults. */
    public SparseCategoricalCrossentropy() {
        set(NAME, "sparse_categorical_crossentropy");
    }

    /** Whether predictions are logits, not probabilities. */
    public SparseCategoricalCrossentropy fromLogits(boolean fromLogits) {
        return with(FROM_LOGITS, fromLogits);
    }

    /** The class index of samples to leave out; none unless set. */
    public SparseCategoricalCrossentropy ignoreClass(int ignoreClass) {
        return with(IGNORE_CLASS, ignoreClass);
    }

    /** The axis of the classes. */
    public SparseCategoricalCrossentropy axis(int axis) {
        return with(AXIS, axis);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Crossentropies.sparseCategoricalCrossentropy(
                yTrue, yPred, get(FROM_LOGITS), find(IGNORE_CLASS), get(AXIS));
    }
}
