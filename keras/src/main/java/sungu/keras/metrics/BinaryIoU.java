package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.List;

/** Intersection over union of two classes, for predictions cut at a threshold. */
public final class BinaryIoU extends Overlap<BinaryIoU> {
    static final Setting<List<Integer>> TARGETS =
            Setting.ints("target_class_ids").defaults(List.of(0, 1));
    static final Setting<Double> THRESHOLD = Setting.number("threshold").defaults(0.5);
    static final ObjectType<BinaryIoU> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "BinaryIoU",
                    BinaryIoU::new,
                    TARGETS,
                    THRESHOLD,
                    NAME,
                    INT_DTYPE);

    /** With Keras' defaults: both classes, threshold 0.5. */
    public BinaryIoU() {}

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        var p = yPred.cast(DType.FLOAT32);
        var positive = Elements.greaterEqual(p, Elements.weak((double) get(THRESHOLD), p));
        super.update(yTrue, positive.cast(DType.INT32), sampleWeight);
    }

    /** The classes that the mean is taken over. */
    public BinaryIoU targetClassIds(List<Integer> ids) {
        return with(TARGETS, List.copyOf(ids));
    }

    /** From which prediction on class 1 is meant. */
    public BinaryIoU threshold(double threshold) {
        return with(THRESHOLD, threshold);
    }

    @Override
    int classes() {
        return 2;
    }

    @Override
    List<Integer> targets() {
        return get(TARGETS);
    }
}
