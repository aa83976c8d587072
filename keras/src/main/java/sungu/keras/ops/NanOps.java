package sungu.keras.ops;

import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.ops.Sorting;
import sungu.primitive.Reduce.Fold;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Arrays;
import java.util.List;

/**
 * Means, variances, extremes' places and quantiles that pass over NaN; histograms; Bessel's
 * function.
 */
final class NanOps {
    private static final int ANGLES = 64;

    private NanOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "nanmean(x, | axis=None, keepdims=False)",
                a -> {
                    var x = a.tensor("x");
                    var axes = ReductionOps.axes(a, x);
                    if (!x.dtype().isFloating()) {
                        return axes.length == 0
                                ? x
                                : Reductions.mean(
                                        Conversion.cast(x, DType.FLOAT32),
                                        a.flag("keepdims"),
                                        axes);
                    }
                    return axes.length == 0 ? x : mean(x, axes, a.flag("keepdims"));
                });
        t.op("nanvar(x, | axis=None, keepdims=False)", NanOps::variance);
        t.op("nanstd(x, | axis=None, keepdims=False)", a -> Elements.sqrt(variance(a)));
        t.op("nanargmax(x, | axis=None, keepdims=False)", a -> place(a, true));
        t.op("nanargmin(x, | axis=None, keepdims=False)", a -> place(a, false));
        t.op(
                "nanmedian(x, | axis=None, keepdims=False)",
                a -> {
                    var axes = a.axes("axis");
                    return axes != null && axes.length == 0
                            ? a.tensor("x")
                            : quantile(a, Tensor.of(0.5), "linear");
                });
        t.op(
                "nanquantile(x, q, | axis=None, method='linear', keepdims=False)",
                a -> quantile(a, Conversion.tensor(a.value("q"), DType.FLOAT64), a.text("method")));
        t.op(
                "nanpercentile(x, q, | axis=None, method='linear', keepdims=False)",
                a ->
                        quantile(
                                a,
                                Conversion.tensor(a.value("q"), DType.FLOAT64).div(100.0),
                                a.text("method")));
        t.op("histogram(x, | bins=10, range=None)", NanOps::histogram);
        t.op(
                "i0(x)",
                a -> {
                    var x = a.tensor("x");
                    var dtype =
                            x.dtype() == DType.INT64
                                    ? DType.FLOAT64
                                    : x.dtype().isFloating() ? x.dtype() : Kind.floatx();
                    return bessel(Conversion.cast(x, dtype));
                });
    }

    private static Tensor count(Tensor valid, DType dtype, int[] axes, boolean keep) {
        return ReductionOps.reduce(Fold.SUM, Conversion.cast(valid, dtype), axes, keep);
    }

    private static Tensor mean(Tensor x, int[] axes, boolean keep) {
        var valid = Elements.logicalNot(Elements.isNan(x));
        var sum =
                ReductionOps.reduce(
                        Fold.SUM, Elements.select(valid, x, Elements.zerosLike(x)), axes, keep);
        return sum.div(count(valid, x.dtype(), axes, keep));
    }

    private static Tensor variance(Given a) {
        var x = a.floating("x");
        var axes = ReductionOps.axes(a, x);
        boolean keep = a.flag("keepdims");
        var valid = Elements.logicalNot(Elements.isNan(x));
        var centred = Elements.select(valid, x.minus(mean(x, axes, true)), Elements.zerosLike(x));
        var square =
                x.dtype().isComplex()
                        ? Elements.real(centred.times(Elements.conj(centred)))
                        : centred.square();
        return ReductionOps.reduce(Fold.SUM, square, axes, keep)
                .div(count(valid, square.dtype(), axes, keep));
    }

    /** Where the extreme is; -1 where there are only NaN. */
    private static Object place(Given a, boolean largest) {
        var x = a.tensor("x");
        var axis = a.axis("axis");
        boolean keep = a.flag("keepdims");
        if (!x.dtype().isFloating()) {
            return ReductionOps.arg(x, axis, keep, largest);
        }
        var isNan = Elements.isNan(x);
        var found =
                ReductionOps.arg(
                        Elements.select(
                                isNan,
                                Kind.weak(
                                        largest
                                                ? Double.NEGATIVE_INFINITY
                                                : Double.POSITIVE_INFINITY,
                                        x),
                                x),
                        axis,
                        keep,
                        largest);
        var none =
                ReductionOps.reduce(
                        Fold.MIN,
                        isNan,
                        ReductionOps.axes(axis == null ? null : new int[] {axis}, x),
                        keep);
        return Elements.select(none, Tensor.of(-1), found);
    }

    private static Tensor quantile(Given a, Tensor q, String method) {
        if (q.rank() > 1) {
            throw a.refused("q", "must be a number or a vector");
        }
        var x = a.floating("x");
        var axes = ReductionOps.axes(a, x);
        var to = new int[axes.length];
        Arrays.setAll(to, i -> x.rank() - axes.length + i);
        var moved = ShapeOps.moveAxis(x, axes, to);
        var rest = moved.shape().slice(0, x.rank() - axes.length);
        int n = moved.shape().slice(rest.rank(), x.rank()).size();
        // NaN are sorted to the end: the numbers stand before them.
        var sorted = Sorting.sort(Movements.reshape(moved, rest.concat(Shape.of(n))), -1);
        var valid =
                Reductions.sum(
                        Elements.cast(Elements.logicalNot(Elements.isNan(sorted)), DType.FLOAT64),
                        true,
                        -1);
        var exact = q.times(valid.minus(1));
        var last = Elements.maximum(valid.minus(1), Tensor.of(0.0));
        Tensor found =
                switch (method) {
                    case "lower" -> at(sorted, Elements.floor(exact), last);
                    case "higher" -> at(sorted, Elements.ceil(exact), last);
                    case "nearest" -> at(sorted, Elements.round(exact), last);
                    case "midpoint" ->
                            at(sorted, Elements.floor(exact), last)
                                    .plus(at(sorted, Elements.ceil(exact), last))
                                    .times(0.5);
                    case "linear" -> {
                        var smaller =
                                Elements.maximum(
                                        Elements.minimum(Elements.ceil(exact), last).minus(1),
                                        Tensor.of(0.0));
                        var larger = Elements.minimum(smaller.plus(1), last);
                        var fraction = Conversion.cast(larger.minus(exact), x.dtype());
                        yield at(sorted, larger, last)
                                .times(Kind.weak(1, x).minus(fraction))
                                .plus(at(sorted, smaller, last).times(fraction));
                    }
                    default ->
                            throw a.refused(
                                    "method",
                                    "must be 'linear', 'lower', 'higher', 'midpoint' or 'nearest'");
                };
        found =
                Elements.select(
                        Elements.equal(valid, Elements.zerosLike(valid)),
                        Kind.weak(Double.NaN, x),
                        found);
        found =
                q.rank() == 0
                        ? Movements.squeeze(found, -1)
                        : ShapeOps.moveAxis(found, new int[] {-1}, new int[] {0});
        if (a.flag("keepdims")) {
            for (int i : axes) {
                found = Movements.expandDims(found, i + q.rank());
            }
        }
        return found;
    }

    private static Tensor at(Tensor sorted, Tensor position, Tensor last) {
        var index =
                Elements.cast(
                        Elements.minimum(Elements.maximum(position, Tensor.of(0.0)), last),
                        DType.INT32);
        return Indexing.takeAlongAxis(sorted, index, -1);
    }

    private static Object histogram(Given a) {
        var x = a.tensor("x");
        int bins = a.size("bins");
        if (x.rank() != 1) {
            throw a.refused("x", "must be a vector");
        }
        if (a.value("range") instanceof List<?> pair
                && pair.size() == 2
                && pair.get(0) instanceof Number from
                && pair.get(1) instanceof Number to
                && to.doubleValue() < from.doubleValue()) {
            throw a.refused("range", "must ascend");
        }
        if (bins < 1) {
            throw a.refused("bins", "must be positive");
        }
        var flat = Movements.reshape(x, Shape.of(x.size()));
        var wide =
                Conversion.cast(flat, x.dtype() == DType.FLOAT32 ? DType.FLOAT32 : DType.FLOAT64);
        Tensor low;
        Tensor high;
        if (a.has("range")) {
            var range = Conversion.cast(Conversion.tensor(a.value("range")), wide.dtype());
            if (range.rank() != 1 || range.size() != 2) {
                throw a.refused("range", "must be a pair");
            }
            low = Movements.squeeze(Movements.sliceAxis(range, 0, 0, 1), 0);
            high = Movements.squeeze(Movements.sliceAxis(range, 0, 1, 2), 0);
        } else {
            low = Reductions.min(wide, false);
            high = Reductions.max(wide, false);
        }
        var steps = Conversion.cast(Movements.iota(bins + 1, DType.INT32), wide.dtype());
        var edges =
                Conversion.cast(
                        low.plus(steps.times(high.minus(low).div((double) bins))), x.dtype());
        var inside = Elements.and(Elements.greaterEqual(wide, low), Elements.lessEqual(wide, high));
        var inner = Conversion.cast(Movements.sliceAxis(edges, 0, 1, bins), wide.dtype());
        var bin = Sorting.searchSorted(inner, wide, true);
        var hits =
                Elements.and(
                        Elements.equal(
                                Movements.expandDims(bin, -1),
                                Movements.reshape(
                                        Movements.iota(bins, DType.INT32), Shape.of(1, bins))),
                        Movements.expandDims(inside, -1));
        return List.of(
                Conversion.cast(
                        Reductions.sum(Elements.cast(hits, DType.INT32), false, 0), x.dtype()),
                edges);
    }

    /**
     * I0(x), the mean of exp(x cos t) over the circle: equidistant angles give it to all digits, as
     * the function is periodic and smooth. By symmetry one quarter of the circle with cosh
     * suffices. NaN at infinity, as in TensorFlow.
     */
    private static Tensor bessel(Tensor x) {
        var cosines = new double[ANGLES];
        for (int i = 0; i < ANGLES; i++) {
            cosines[i] = Math.cos((i + 0.5) * Math.PI / (2 * ANGLES));
        }
        var wide = x.dtype().bytes() < 4 ? Elements.cast(x, DType.FLOAT32) : x;
        var products =
                Movements.expandDims(wide, -1)
                        .times(Conversion.cast(Tensor.of((Object) cosines), wide.dtype()));
        var mean = Reductions.mean(Elements.cosh(products), false, -1);
        return Conversion.cast(
                Elements.select(Elements.isInf(wide), Kind.weak(Double.NaN, wide), mean),
                x.dtype());
    }
}
