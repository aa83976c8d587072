package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;

import java.util.List;
import java.util.stream.IntStream;

/** Intersection over union of one-hot classes, averaged over all of them. */
public final class OneHotMeanIoU extends Overlap<OneHotMeanIoU> {
    static final Setting<Boolean> SCORES = Setting.flag("sparse_y_pred").defaults(false);
    static final ObjectType<OneHotMeanIoU> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "OneHotMeanIoU",
                    OneHotMeanIoU::new,
                    NUM_CLASSES,
                    NAME,
                    INT_DTYPE,
                    IGNORE_CLASS,
                    SCORES,
                    AXIS);

    /** The number of classes. */
    public OneHotMeanIoU(int numClasses) {
        set(NUM_CLASSES, numClasses);
    }

    private OneHotMeanIoU() {}

    /** The class of targets to leave out. */
    public OneHotMeanIoU ignoreClass(int ignoreClass) {
        return with(IGNORE_CLASS, ignoreClass);
    }

    /** The axis of one-hot classes. */
    public OneHotMeanIoU axis(int axis) {
        return with(AXIS, axis);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    /** Whether predictions are class indices, not scores per class. */
    public OneHotMeanIoU sparseYPred(boolean sparseYPred) {
        return with(SCORES, sparseYPred);
    }

    @Override
    int classes() {
        return get(NUM_CLASSES);
    }

    @Override
    List<Integer> targets() {
        return IntStream.range(0, classes()).boxed().toList();
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
