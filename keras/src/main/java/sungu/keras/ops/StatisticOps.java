package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

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

/** Quantiles, differences, integrals, and the reductions that pass over NaN. */
final class StatisticOps {
    private StatisticOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "quantile(x, q, | axis=None, method='linear', keepdims=False)",
                a -> quantile(a, Conversion.tensor(a.value("q"), DType.FLOAT64), a.text("method")));
        t.op(
                "percentile(x, q, | axis=None, method='linear', keepdims=False)",
                a ->
                        quantile(
                                a,
                                Conversion.tensor(a.value("q"), DType.FLOAT64)
                                        .div(Tensor.of(100.0)),
                                a.text("method")));
        t.op("median(x, | axis=None, keepdims=False)", a -> quantile(a, Tensor.of(0.5), "linear"));
        t.op(
                "diff(a, | n=1, axis=-1)",
                a -> {
                    var x = a.tensor("a");
                    int n = a.size("n");
                    if (n < 0) {
                        throw a.refused("n", "must not be negative");
                    }
                    if (x.rank() == 0 && n > 0) {
                        throw a.refused("a", "must have a dimension");
                    }
                    for (int i = 0; i < n; i++) {
                        x = difference(x, a.size("axis"));
                    }
                    return x;
                });
        t.op(
                "trapezoid(y, x=None, | dx=1.0, axis=-1)",
                a -> {
                    var y = a.floating("y");
                    int axis = y.shape().axis(a.size("axis"));
                    int size = y.shape().dim(axis);
                    var heights =
                            Movements.sliceAxis(y, axis, 1, size)
                                    .plus(Movements.sliceAxis(y, axis, 0, size - 1))
                                    .times(0.5);
                    var last = ShapeOps.moveAxis(heights, new int[] {axis}, new int[] {-1});
                    if (!a.has("x")) {
                        return Reductions.sum(last.times(a.number("dx")), false, -1);
                    }
                    var x = Conversion.tensor(a.value("x"), y.dtype());
                    var steps =
                            x.rank() == 1
                                    ? difference(x, 0)
                                    : ShapeOps.moveAxis(
                                            difference(x, a.size("axis")),
                                            new int[] {axis},
                                            new int[] {-1});
                    return Reductions.sum(last.times(steps), false, -1);
                });
        nan(t, "nansum", Fold.SUM, 0);
        nan(t, "nanprod", Fold.PRODUCT, 1);
        t.op("nancumsum(x, | axis=None, dtype=None)", a -> cumulative(a, Fold.SUM, 0));
        t.op("nancumprod(x, | axis=None, dtype=None)", a -> cumulative(a, Fold.PRODUCT, 1));
        t.op(
                "nanmax(x, | axis=None, keepdims=False)",
                a -> extreme(a, Fold.MAX, Double.NEGATIVE_INFINITY));
        t.op(
                "nanmin(x, | axis=None, keepdims=False)",
                a -> extreme(a, Fold.MIN, Double.POSITIVE_INFINITY));
    }

    private static Tensor difference(Tensor x, int axis) {
        int size = x.shape().dim(axis);
        var high = Movements.sliceAxis(x, axis, Math.min(1, size), size);
        var low = Movements.sliceAxis(x, axis, 0, Math.max(size - 1, 0));
        return x.dtype() == DType.BOOL ? Elements.notEqual(high, low) : high.minus(low);
    }

    private static Tensor withoutNan(Tensor x, double instead) {
        return x.dtype().isFloating()
                ? Elements.select(Elements.isNan(x), Kind.weak(instead, x), x)
                : x;
    }

    private static void nan(Operations.Table t, String name, Fold fold, double neutral) {
        t.op(
                name + "(x, | axis=None, keepdims=False)",
                a -> {
                    var x = withoutNan(a.tensor("x"), neutral);
                    var wide = Conversion.cast(x, Kind.summed(x.dtype()));
                    return ReductionOps.reduce(
                            fold, wide, ReductionOps.axes(a, wide), a.flag("keepdims"));
                });
    }

    private static Tensor cumulative(Given a, Fold fold, double neutral) {
        var x = withoutNan(a.tensor("x"), neutral);
        var dtype = a.dtype("dtype");
        x =
                dtype != null
                        ? Conversion.cast(x, dtype)
                        : x.dtype() == DType.BOOL ? Elements.cast(x, DType.INT32) : x;
        var axis = a.axis("axis");
        return axis == null
                ? Reductions.cumulative(fold, ShapeOps.flat(x), 0, false, false)
                : Reductions.cumulative(fold, x, axis, false, false);
    }

    private static Tensor extreme(Given a, Fold fold, double neutral) {
        var x = a.tensor("x");
        var axes = ReductionOps.axes(a, x);
        var found = ReductionOps.reduce(fold, withoutNan(x, neutral), axes, a.flag("keepdims"));
        if (!x.dtype().isFloating()) {
            return found;
        }
        var none = ReductionOps.reduce(Fold.MIN, Elements.isNan(x), axes, a.flag("keepdims"));
        return Elements.select(none, Kind.weak(Double.NaN, x), found);
    }

    private static Tensor quantile(Given a, Tensor q, String method) {
        var x = a.tensor("x");
        var wide =
                x.dtype().isFloating()
                        ? x
                        : Conversion.cast(x, Promotion.result(x.dtype(), Promotion.Weak.FLOAT));
        return quantile(a, wide, q, a.axes("axis"), method, a.flag("keepdims"));
    }

    private static Tensor quantile(
            Given a, Tensor x, Tensor q, int @Nullable [] axis, String method, boolean keep) {
        if (q.rank() > 1) {
            throw a.refused("q", "must be a number or a vector");
        }
        var axes = ReductionOps.axes(axis, x);
        var to = new int[axes.length];
        Arrays.setAll(to, i -> x.rank() - axes.length + i);
        var moved = ShapeOps.moveAxis(x, axes, to);
        var rest = moved.shape().slice(0, x.rank() - axes.length);
        int n = moved.shape().slice(rest.rank(), x.rank()).size();
        var sorted = Sorting.sort(Movements.reshape(moved, rest.concat(Shape.of(n))), -1);
        var exact = q.times((double) (n - 1));
        var low = clip(Elements.floor(exact), n);
        var high = clip(Elements.ceil(exact), n);
        Tensor found =
                switch (method) {
                    case "lower" -> at(sorted, low);
                    case "higher" -> at(sorted, high);
                    case "nearest" -> at(sorted, clip(Elements.round(exact), n));
                    case "midpoint" -> at(sorted, low).plus(at(sorted, high)).times(0.5);
                    case "linear" -> {
                        var smaller = Elements.maximum(high.minus(1), Tensor.of(0));
                        var larger = Elements.minimum(smaller.plus(1), Tensor.of(n - 1));
                        var fraction =
                                Conversion.cast(
                                        Elements.cast(larger, DType.FLOAT64).minus(exact),
                                        x.dtype());
                        yield at(sorted, larger)
                                .times(Kind.weak(1, x).minus(fraction))
                                .plus(at(sorted, smaller).times(fraction));
                    }
                    default ->
                            throw a.refused(
                                    "method",
                                    "must be 'linear', 'lower', 'higher', 'midpoint' or 'nearest'");
                };
        var isNan = Reductions.any(Elements.isNan(sorted), false, -1);
        found =
                Elements.select(
                        q.rank() == 0 ? isNan : Movements.expandDims(isNan, -1),
                        Kind.weak(Double.NaN, x),
                        found);
        if (q.rank() == 1) {
            found = ShapeOps.moveAxis(found, new int[] {-1}, new int[] {0});
        }
        if (keep) {
            for (int i : axes) {
                found = Movements.expandDims(found, i + q.rank());
            }
        }
        return found;
    }

    private static Tensor clip(Tensor position, int n) {
        return Elements.minimum(
                Elements.maximum(Elements.cast(position, DType.INT32), Tensor.of(0)),
                Tensor.of(n - 1));
    }

    private static Tensor at(Tensor sorted, Tensor positions) {
        return Indexing.gather(sorted, positions, sorted.rank() - 1);
    }
}
