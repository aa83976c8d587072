package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;

import java.util.List;

/** Intersection over union, averaged over some classes. */
public final class IoU extends Overlap<IoU> {
    static final ObjectType<IoU> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "IoU",
                    IoU::new,
                    NAME,
                    INT_DTYPE,
                    NUM_CLASSES,
                    TARGET_CLASS_IDS,
                    IGNORE_CLASS,
                    SPARSE_Y_TRUE,
                    SPARSE_Y_PRED,
                    AXIS);

    /** The number of classes and those that the mean is taken over. */
    public IoU(int numClasses, List<Integer> targetClassIds) {
        set(NUM_CLASSES, numClasses);
        set(TARGET_CLASS_IDS, List.copyOf(targetClassIds));
    }

    private IoU() {}

    /** The class of targets to leave out. */
    public IoU ignoreClass(int ignoreClass) {
        return with(IGNORE_CLASS, ignoreClass);
    }

    /** Whether targets are class indices, not one-hot. */
    public IoU sparseYTrue(boolean sparseYTrue) {
        return with(SPARSE_Y_TRUE, sparseYTrue);
    }

    /** Whether predictions are class indices, not scores per class. */
    public IoU sparseYPred(boolean sparseYPred) {
        return with(SPARSE_Y_PRED, sparseYPred);
    }

    /** The axis of one-hot classes. */
    public IoU axis(int axis) {
        return with(AXIS, axis);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
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
        return get(SPARSE_Y_TRUE);
    }

    @Override
    boolean sparsePred() {
        return get(SPARSE_Y_PRED);
    }
}
