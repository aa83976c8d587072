package sungu.keras.ops;

import sungu.ops.Elements;
import sungu.ops.Reductions;
import sungu.ops.Scattering;
import sungu.ops.Sorting;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

/** Functions of {@code keras.ops.math}. */
final class MathOps {
    private MathOps() {}

    static void declare(Operations.Table t) {
        t.op("erf(x)", a -> Elements.erf(a.tensor("x")));
        t.op("erfc(x)", a -> Elements.erfc(a.tensor("x")));
        t.op("erfinv(x)", a -> Elements.erfinv(a.tensor("x")));
        t.op("rsqrt(x)", a -> Elements.rsqrt(a.tensor("x")));
        t.op("logsumexp(x, | axis=None, keepdims=False)", a -> {
            var x = a.tensor("x");
            var axes = ReductionOps.axes(a, x);
            return axes.length == 0 ? Elements.log(Elements.exp(x)) : Reductions.logSumExp(x, a.flag("keepdims"), axes);
        });
        t.op("top_k(x, | k, sorted=True)", a -> {
            var found = Sorting.topK(a.tensor("x"), a.size("k"));
            return java.util.List.of(found.values(), found.indices());
        });
        t.op("in_top_k(targets, predictions, | k)", a -> Sorting.inTopK(a.tensor("targets"), a.tensor("predictions"), a.size("k")));
        t.op("segment_sum(data, segment_ids, | num_segments=None, sorted=False)", a -> segment(a, Combine.ADD));
        t.op("segment_max(data, segment_ids, | num_segments=None, sorted=False)", a -> segment(a, Combine.MAX));
        t.op("segment_min(data, segment_ids, | num_segments=None, sorted=False)", a -> segment(a, Combine.MIN));
        t.op("segment_prod(data, segment_ids, | num_segments=None, sorted=False)", a -> segment(a, Combine.MULTIPLY));
        t.op("gammainc(a, x)", a -> {
            var xs = Kind.promotedWith(java.util.List.of(Promotion.Weak.FLOAT), a.value("a"), a.value("x"));
            return Elements.gammainc(xs.get(0), xs.get(1));
        });
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
        int segments = a.has("num_segments") ? a.size("num_segments") : count(ids);
        return Scattering.unsortedSegment(combine, data, ids, segments);
    }

    private static int count(Tensor ids) {
        return ids.size() == 0 ? 0 : Elements.cast(ids.max(), DType.INT32).intValue() + 1;
    }
}
