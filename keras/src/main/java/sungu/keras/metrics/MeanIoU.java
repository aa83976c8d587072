package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;

import java.util.List;
import java.util.stream.IntStream;

/** Intersection over union, averaged over all classes. */
public final class MeanIoU extends Overlap<MeanIoU> {
    static final ObjectType<MeanIoU> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "MeanIoU",
                    MeanIoU::new,
                    NUM_CLASSES,
                    NAME,
                    INT_DTYPE,
                    IGNORE_CLASS,
                    SPARSE_Y_TRUE,
                    SPARSE_Y_PRED,
                    AXIS);

    /** The number of classes. */
    public MeanIoU(int numClasses) {
        set(NUM_CLASSES, numClasses);
    }

    private MeanIoU() {}

    /** The class of targets to leave out. */
    public MeanIoU ignoreClass(int ignoreClass) {
        return with(IGNORE_CLASS, ignoreClass);
    }

    /** Whether targets are class indices, not one-hot. */
    public MeanIoU sparseYTrue(boolean sparseYTrue) {
        return with(SPARSE_Y_TRUE, sparseYTrue);
    }

    /** Whether predictions are class indices, not scores per class. */
    public MeanIoU sparseYPred(boolean sparseYPred) {
        return with(SPARSE_Y_PRED, sparseYPred);
    }

    /** The axis of one-hot classes. */
    public MeanIoU axis(int axis) {
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
        return get(SPARSE_Y_TRUE);
    }

    @Override
    boolean sparsePred() {
        return get(SPARSE_Y_PRED);
    }
}
