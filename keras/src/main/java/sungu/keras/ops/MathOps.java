package sungu.keras.ops;

import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.ops.Scattering;
import sungu.ops.Sorting;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Functions of {@code keras.ops.math}. */
final class MathOps {
    private MathOps() {}

    static void declare(Operations.Table t) {
        t.op("erf(x)", a -> Elements.erf(a.tensor("x")));
        t.op("erfc(x)", a -> Elements.erfc(a.tensor("x")));
        t.op("erfinv(x)", a -> Elements.erfinv(a.tensor("x")));
        t.op("rsqrt(x)", a -> Elements.rsqrt(a.tensor("x")));
        t.op(
                "logsumexp(x, | axis=None, keepdims=False)",
                a -> {
                    var x = a.tensor("x");
                    var axes = ReductionOps.axes(a, x);
                    return axes.length == 0
                            ? Elements.log(Elements.exp(x))
                            : Reductions.logSumExp(x, a.flag("keepdims"), axes);
                });
        t.op(
                "top_k(x, | #k, sorted=True, is_stable=False)",
                a -> {
                    var found = Sorting.topK(a.tensor("x"), a.size("k"));
                    // The order of unsorted results is open; TensorFlow gives a pair smallest
                    // first.
                    return a.flag("sorted")
                            ? java.util.List.of(found.values(), found.indices())
                            : java.util.List.of(
                                    Movements.reverse(found.values(), -1),
                                    Movements.reverse(found.indices(), -1));
                });
        t.op(
                "in_top_k(targets, predictions, | #k)",
                a -> {
                    var targets = a.tensor("targets");
                    var predictions = a.tensor("predictions");
                    if (targets.rank() < 2) {
                        return Sorting.inTopK(targets, predictions, a.size("k"));
                    }
                    if (predictions.rank() != targets.rank() + 1
                            || !predictions
                                    .shape()
                                    .slice(0, targets.rank())
                                    .equals(targets.shape())) {
                        throw a.refused(
                                "targets",
                                "must have the shape of predictions "
                                        + predictions.shape()
                                        + " without the last dimension");
                    }
                    var rows =
                            Movements.reshape(
                                    predictions,
                                    Shape.of(targets.size(), predictions.shape().dim(-1)));
                    return Movements.reshape(
                            Sorting.inTopK(ShapeOps.flat(targets), rows, a.size("k")),
                            targets.shape());
                });
        segment(t, "segment_sum", Combine.ADD);
        segment(t, "segment_max", Combine.MAX);
        segment(t, "segment_min", Combine.MIN);
        segment(t, "segment_prod", Combine.MULTIPLY);
        t.op(
                "gammainc(x1, x2)",
                a -> {
                    var xs =
                            Kind.promotedWith(
                                    java.util.List.of(Promotion.Weak.FLOAT),
                                    a.value("x1"),
                                    a.value("x2"));
                    return Elements.gammainc(xs.get(0), xs.get(1));
                });
    }

    private static void segment(Operations.Table t, String name, Combine combine) {
        t.op(
                        name + "(data, segment_ids, | #num_segments=None, sorted=False)",
                        a -> segment(a, combine))
                .dynamicUnless("num_segments");
    }

    private static Tensor segment(Given a, Combine combine) {
        var data = a.tensor("data");
        var ids = a.tensor("segment_ids");
        if (a.flag("sorted")) {
            if (a.has("num_segments")) {
                throw a.refused("num_segments", "must be None when sorted is True");
            }
            return Scattering.segment(combine, data, ids);
        }
        int segments =
                a.has("num_segments")
                        ? a.size("num_segments")
                        : combine == Combine.ADD ? distinct(a, ids) : count(ids);
        return Scattering.unsortedSegment(combine, data, ids, segments);
    }

    /** Sums take the number of distinct ids for that of segments, so ids must have no gaps. */
    private static int distinct(Given a, Tensor ids) {
        int segments = Sorting.unique(ShapeOps.flat(ids), false).values().size();
        if (count(ids) > segments) {
            throw a.refused("segment_ids", "must have no gaps when num_segments is None");
        }
        return segments;
    }

    private static int count(Tensor ids) {
        return ids.size() == 0 ? 0 : Elements.cast(ids.max(), DType.INT32).intValue() + 1;
    }
}
