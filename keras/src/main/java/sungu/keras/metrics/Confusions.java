package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.KerasConfig;
import sungu.keras.losses.WeightedValues;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.ops.Scattering;
import sungu.ops.Sorting;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/**
 * Counts of true and false positives and negatives at thresholds: rows by threshold, and by label
 * where labels are kept apart.
 *
 * @param truePositives null where not counted; so the others
 */
record Confusions(
        @Nullable Weight truePositives,
        @Nullable Weight falsePositives,
        @Nullable Weight trueNegatives,
        @Nullable Weight falseNegatives) {
    private static final double EXCLUDED = -1e10;

    /** What else is chosen when counting. */
    record Options(
            @Nullable Integer topK,
            @Nullable Integer classId,
            boolean multiLabel,
            @Nullable Tensor labelWeights) {
        static final Options NONE = new Options(null, null, false, null);
    }

    /** The thresholds of a setting: as given, else 0.5, or all when the top k are taken. */
    static double[] thresholds(@Nullable Object given, @Nullable Integer topK) {
        if (given == null) {
            return new double[] {topK == null ? 0.5 : EXCLUDED};
        }
        return Thresholded.numbers(given).stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Thresholds 0, 1/(n-1), 2/(n-1)... 1; the ends moved out by {@code margin}. */
    static double[] even(int n, double margin) {
        var thresholds = new double[n];
        for (int i = 0; i < n; i++) {
            thresholds[i] = i * 1.0 / (n - 1);
        }
        thresholds[0] = -margin;
        thresholds[n - 1] = 1 + margin;
        return thresholds;
    }

    static boolean areEven(double[] thresholds) {
        int n = thresholds.length;
        for (int i = 0; i < n; i++) {
            double even = (float) i / (n - 1);
            if (Math.abs(thresholds[i] - even) > KerasConfig.epsilon() + 1e-5 * Math.abs(even)) {
                return false;
            }
        }
        return n >= 3;
    }

    /** Counts a batch. */
    void count(
            Tensor yTrue,
            Tensor yPred,
            @Nullable Tensor sampleWeight,
            double[] thresholds,
            boolean even,
            Options options) {
        var dtype = KerasConfig.floatx();
        var pair = WeightedValues.sameRank(yPred.cast(dtype), yTrue.cast(dtype));
        var p = pair.first();
        var t = pair.second();
        Tensor w = null;
        if (sampleWeight != null) {
            w =
                    WeightedValues.sameRank(
                                    t, Movements.expandDims(sampleWeight.cast(dtype), -1), false)
                            .second();
        }
        if (options.topK() != null) {
            p = topOnly(p, options.topK());
        }
        if (options.classId() != null) {
            if (p.rank() == 1) {
                throw new TensorException(
                        "When class_id is provided, y_pred must be a 2D array with shape"
                                + " (num_samples, num_classes), found shape: "
                                + p.shape());
            }
            t = Accuracies.column(t, options.classId());
            p = Accuracies.column(p, options.classId());
        }
        if (!t.shape().equals(p.shape())) {
            throw new TensorException(
                    "Shapes "
                            + p.shape()
                            + " and "
                            + t.shape()
                            + " of predictions and targets are incompatible");
        }
        if (w != null) {
            w = Movements.broadcastTo(w, p.shape());
        }
        if (options.labelWeights() != null) {
            var labels = Movements.broadcastTo(options.labelWeights().cast(dtype), p.shape());
            w = w == null ? labels : w.times(labels);
        }
        if (!options.multiLabel()) {
            p = p.reshape(-1);
            t = t.reshape(-1);
            w = w == null ? null : w.reshape(-1);
        }
        if (even) {
            countBuckets(p, t, w, thresholds);
        } else {
            countEach(p, t, w, thresholds);
        }
    }

    private static Tensor topOnly(Tensor p, int k) {
        int classes = p.shape().dim(-1);
        var best = Sorting.topK(p, k).indices();
        var chosen = Reductions.sum(Indexing.oneHot(best, classes, -1, p.dtype()), false, -2);
        return p.times(chosen).plus(Elements.onesLike(chosen).minus(chosen).times(EXCLUDED));
    }

    private void countEach(Tensor p, Tensor t, @Nullable Tensor w, double[] thresholds) {
        var ladder =
                Tensor.of(thresholds)
                        .cast(p.dtype())
                        .reshape(p.rank() == 1 ? new int[] {-1, 1} : new int[] {-1, 1, 1});
        var positive = Elements.greater(Movements.expandDims(p, 0), ladder);
        var label =
                Movements.broadcastTo(
                        Movements.expandDims(t.cast(DType.BOOL), 0), positive.shape());
        var negative = Elements.logicalNot(positive);
        var other = Elements.logicalNot(label);
        add(truePositives, label, positive, w);
        add(falsePositives, other, positive, w);
        add(trueNegatives, other, negative, w);
        add(falseNegatives, label, negative, w);
    }

    private static void add(
            @Nullable Weight counter, Tensor label, Tensor predicted, @Nullable Tensor w) {
        if (counter != null) {
            var both = Elements.and(label, predicted).cast(counter.dtype());
            counter.assignAdd((w == null ? both : both.times(Movements.expandDims(w, 0))).sum(1));
        }
    }

    /**
     * With even thresholds each prediction falls into one bucket, and counts above a threshold are
     * running sums over buckets.
     */
    private void countBuckets(
            Tensor predictions, Tensor t, @Nullable Tensor w, double[] thresholds) {
        int n = thresholds.length;
        var p =
                Elements.clip(
                        predictions,
                        Elements.weak(0.0, predictions),
                        Elements.weak(1.0, predictions));
        var labels = t.cast(DType.BOOL).cast(p.dtype());
        var others = Elements.onesLike(labels).minus(labels);
        var bucket = Elements.ceil(p.times((double) (n - 1))).minus(1.0);
        if (thresholds[0] < 0 || thresholds[n - 1] > 1) {
            bucket = Elements.maximum(bucket, Elements.weak(0.0, bucket));
        }
        var truly = w == null ? labels : labels.times(w);
        var falsely = w == null ? others : others.times(w);
        var ids = bucket.cast(DType.INT32);
        var hits = above(truly, ids, n);
        var misses = above(falsely, ids, n);
        var allTrue = p.rank() == 1 ? truly.sum() : truly.sum(0);
        var allFalse = p.rank() == 1 ? falsely.sum() : falsely.sum(0);
        add(truePositives, hits);
        add(falsePositives, misses);
        add(trueNegatives, allFalse.minus(misses));
        add(falseNegatives, allTrue.minus(hits));
    }

    private static void add(@Nullable Weight counter, Tensor counts) {
        if (counter != null) {
            counter.assignAdd(counts);
        }
    }

    private static Tensor above(Tensor x, Tensor ids, int n) {
        if (x.rank() == 1) {
            return Reductions.cumulativeSum(
                    Scattering.unsortedSegment(Combine.ADD, x, ids, n), 0, false, true);
        }
        int labels = x.shape().dim(1);
        var flat =
                Elements.select(
                                ids.less(0),
                                ids,
                                ids.times((long) labels).plus(Movements.iota(labels, DType.INT32)))
                        .reshape(-1);
        var sums =
                Scattering.unsortedSegment(Combine.ADD, x.reshape(-1), flat, n * labels)
                        .reshape(n, labels);
        return Reductions.cumulativeSum(sums, 0, false, true);
    }

    /** A counter per threshold. */
    static Shape shape(double[] thresholds) {
        return Shape.of(thresholds.length);
    }
}
