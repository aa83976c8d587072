package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Codecs;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.ops.Scattering;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;
import java.util.Objects;

/** Intersection over union of classes, from a confusion matrix. */
abstract class Overlap<S extends Overlap<S>> extends Metric.Of<S> {
    static final Setting<DType> INT_DTYPE = Setting.of("dtype", Codecs.DTYPE).defaults(DType.INT64);
    static final Setting<Integer> NUM_CLASSES = Setting.integer("num_classes").positive();
    static final Setting<List<Integer>> TARGET_CLASS_IDS = Setting.ints("target_class_ids");
    static final Setting<Integer> IGNORE_CLASS = Setting.integer("ignore_class").optional();
    static final Setting<Boolean> SPARSE_Y_TRUE = Setting.flag("sparse_y_true").defaults(true);
    static final Setting<Boolean> SPARSE_Y_PRED = Setting.flag("sparse_y_pred").defaults(true);
    static final Setting<Integer> AXIS = Setting.integer("axis").defaults(-1);

    private @Nullable Weight matrix;

    /** The number of classes. */
    abstract int classes();

    /** The classes that the mean is taken over. */
    abstract List<Integer> targets();

    boolean sparseTrue() {
        return true;
    }

    boolean sparsePred() {
        return true;
    }

    int axis() {
        return -1;
    }

    @Nullable Integer ignored() {
        return null;
    }

    /** The dtype of the counts. */
    private DType counts() {
        return get(INT_DTYPE);
    }

    @Override
    public S dtype(DType dtype) {
        return with(INT_DTYPE, dtype);
    }

    @Override
    protected void createVariables() {
        int n = classes();
        if (targets().stream().anyMatch(id -> id >= n)) {
            throw new TensorException(
                    "Target class id " + targets() + " is out of range, which is [0, " + n + ").");
        }
        matrix = addVariable("total_confusion_matrix", Shape.of(n, n), counts());
    }

    @Override
    public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        build();
        int n = classes();
        var t =
                (sparseTrue() ? yTrue : Reductions.argmax(yTrue, axis(), DType.INT32))
                        .cast(counts())
                        .reshape(-1);
        var p =
                (sparsePred() ? yPred : Reductions.argmax(yPred, axis(), DType.INT32))
                        .cast(counts())
                        .reshape(-1);
        var w = sampleWeight == null ? Elements.onesLike(t) : sampleWeight.cast(counts());
        w = Movements.broadcastTo(w.rank() > 1 ? w.reshape(-1) : w, t.shape());
        var zero = Elements.zerosLike(t);
        var bound = Elements.weak((long) n, t);
        var valid =
                Elements.and(
                        Elements.and(Elements.greaterEqual(t, zero), Elements.less(t, bound)),
                        Elements.and(Elements.greaterEqual(p, zero), Elements.less(p, bound)));
        var ignored = ignored();
        if (ignored != null) {
            valid = Elements.and(valid, Elements.notEqual(t, Elements.weak((long) ignored, t)));
        }
        var cell = Elements.select(valid, t.times((long) n).plus(p), zero).cast(DType.INT32);
        var counted =
                Scattering.unsortedSegment(
                        Combine.ADD, Elements.select(valid, w, zero), cell, n * n);
        Objects.requireNonNull(matrix).assignAdd(counted.reshape(n, n));
    }

    @Override
    public Tensor result() {
        build();
        var m = Objects.requireNonNull(matrix).value();
        int n = classes();
        var index = Movements.iota(n * n, DType.INT32).reshape(n, n);
        var diagonal =
                Elements.equal(
                        Elements.floorMod(index, Elements.weak((long) n + 1, index)),
                        Elements.zerosLike(index));
        var hits = Elements.select(diagonal, m, Elements.zerosLike(m)).sum(0);
        var union = m.sum(0).plus(m.sum(1)).minus(hits);
        var ids = Tensor.ofInts(targets().stream().mapToInt(Integer::intValue).toArray());
        var both = Indexing.gather(hits, ids, 0).cast(DType.FLOAT32);
        var all = Indexing.gather(union, ids, 0).cast(DType.FLOAT32);
        var valid = all.greater(1e-9);
        double epsilon = KerasConfig.epsilon();
        var overlap = Elements.select(valid, both.div(all.plus(epsilon)), Elements.zerosLike(all));
        return overlap.sum().div(valid.cast(DType.FLOAT32).sum().plus(epsilon));
    }
}
