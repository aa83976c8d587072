package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;

import java.util.List;

/** Intersection over union of one-hot classes, averaged over some of them. */
public final class OneHotIoU extends Overlap<OneHotIoU> {
    static final Setting<Boolean> SCORES = Setting.flag("sparse_y_pred").defaults(false);
    static final ObjectType<OneHotIoU> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "OneHotIoU",
                    OneHotIoU::new,
                    NUM_CLASSES,
                    TARGET_CLASS_IDS,
                    NAME,
                    INT_DTYPE,
                    IGNORE_CLASS,
                    SCORES,
                    AXIS);

    /** The number of classes and those that the mean is taken over. */
    public OneHotIoU(int numClasses, List<Integer> targetClassIds) {
        set(NUM_CLASSES, numClasses);
        set(TARGET_CLASS_IDS, List.copyOf(targetClassIds));
    }

    private OneHotIoU() {}

    /** The class of targets to leave out. */
    public OneHotIoU ignoreClass(int ignoreClass) {
        return with(IGNORE_CLASS, ignoreClass);
    }

    /** The axis of one-hot classes. */
    public OneHotIoU axis(int axis) {
        return with(AXIS, axis);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    /** Whether predictions are class indices, not scores per class. */
    public OneHotIoU sparseYPred(boolean sparseYPred) {
        return with(SCORES, sparseYPred);
    }

    @Override
    int classes() {
        return get(NUM_CLASSES);
    }

    @Override
    List<Integer> targets() {
        return get(TARGET_CLASS_IDS);
    }

    @Override
    @Nullable Integer ignored() {
        return find(IGNORE_CLASS);
    }

    @Override
    int axis() {
        return get(AXIS);
    }

    @Override
    boolean sparseTrue() {
        return false;
    }

    @Override
    boolean sparsePred() {
        return get(SCORES);
    }
}
