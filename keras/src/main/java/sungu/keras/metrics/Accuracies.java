package sungu.keras.metrics;

import sungu.keras.config.KerasConfig;
import sungu.keras.losses.WeightedValues;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.ops.Sorting;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

/** How often predictions hit, as functions that give 0 or 1 per sample. */
public final class Accuracies {
    private Accuracies() {}

    private static Tensor hits(Tensor hit) {
        return hit.cast(KerasConfig.floatx());
    }

    /** Whether predictions equal targets. */
    public static Tensor accuracy(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue.cast(yPred.dtype()), yPred);
        return hits(Elements.equal(pair.first(), pair.second()));
    }

    /** Whether predictions above a threshold go with targets 1, others with 0. */
    public static Tensor binaryAccuracy(Tensor yTrue, Tensor yPred, double threshold) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        var positive = pair.second().greater(threshold).cast(yTrue.dtype());
        return hits(Elements.equal(pair.first(), positive));
    }

    /** Whether the largest prediction stands where the one-hot target has its one. */
    public static Tensor categoricalAccuracy(Tensor yTrue, Tensor yPred) {
        return hits(
                Elements.equal(
                        Reductions.argmax(yTrue, -1, DType.INT32),
                        Reductions.argmax(yPred, -1, DType.INT32)));
    }

    /** Whether the largest prediction stands at the index that the target is. */
    public static Tensor sparseCategoricalAccuracy(Tensor yTrue, Tensor yPred) {
        var t = yTrue.cast(yPred.dtype());
        boolean column = t.rank() == yPred.rank() && t.shape().dim(-1) == 1;
        var labels = column ? Movements.squeeze(t, -1) : t;
        var match =
                hits(
                        Elements.equal(
                                labels, Reductions.argmax(yPred, -1, DType.INT32).cast(t.dtype())));
        return match.rank() > 1 && match.shape().dim(-1) == 1 && !column
                ? Movements.squeeze(match, -1)
                : match;
    }

    private static Tensor inTop(Tensor labels, Tensor yPred, int k) {
        var rows = yPred.rank() > 2 ? yPred.reshape(-1, yPred.shape().dim(-1)) : yPred;
        var flat = labels.rank() > 1 ? labels.reshape(-1) : labels;
        var match = hits(Sorting.inTopK(flat, rows, k));
        return labels.rank() > 1 ? Movements.reshape(match, labels.shape()) : match;
    }

    /** Whether the one of a one-hot target stands among the k largest predictions. */
    public static Tensor topKCategoricalAccuracy(Tensor yTrue, Tensor yPred, int k) {
        return inTop(Reductions.argmax(yTrue, -1, DType.INT32), yPred, k);
    }

    /**
     * Whether the index that the target is belongs to the k largest predictions, or to the first k
     * of sorted indices.
     */
    public static Tensor sparseTopKCategoricalAccuracy(
            Tensor yTrue, Tensor yPred, int k, boolean fromSortedIds) {
        if (!fromSortedIds) {
            return inTop(yTrue.cast(DType.INT32), yPred, k);
        }
        var rows = yPred.rank() > 2 ? yPred.reshape(-1, yPred.shape().dim(-1)) : yPred;
        var t = yTrue.cast(yPred.dtype());
        var flat = t.rank() > 1 ? t.reshape(-1) : t;
        var first = Movements.sliceAxis(rows, 1, 0, Math.min(k, rows.shape().dim(1)));
        var match =
                hits(
                        Reductions.any(
                                Elements.equal(Movements.expandDims(flat, 1), first), false, 1));
        return t.rank() > 1 ? Movements.reshape(match, t.shape()) : match;
    }

    /** One class of the last axis, which stays with size 1. */
    static Tensor column(Tensor x, int index) {
        return Indexing.get(
                x,
                sungu.tensor.Slice.parse("..., " + index + ":" + (index == -1 ? "" : index + 1)));
    }
}
