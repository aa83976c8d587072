package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.primitive.Reduce.Fold;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Folds over axes, and running folds. */
final class ReductionOps {
    private ReductionOps() {}

    static void declare(Operations.Table t) {
        t.op(
                "sum(x, | axis=None, keepdims=False)",
                a -> {
                    var x = a.tensor("x");
                    return fold(Fold.SUM, Conversion.cast(x, Kind.summed(x.dtype())), a);
                });
        t.op(
                "prod(x, | axis=None, keepdims=False, dtype=None)",
                a -> {
                    var x = a.tensor("x");
                    var dtype =
                            a.has("dtype") ? x.dtype() : Kind.summed(Promotion.result(x.dtype()));
                    return fold(Fold.PRODUCT, Conversion.cast(x, dtype), a);
                });
        for (var name : new String[] {"max", "amax"}) {
            t.op(
                    name.equals("max")
                            ? "max(x, | axis=None, keepdims=False, initial=None)"
                            : "amax(x, | axis=None, keepdims=False)",
                    a -> extreme(Fold.MAX, a, name.equals("max")));
        }
        for (var name : new String[] {"min", "amin"}) {
            t.op(
                    name.equals("min")
                            ? "min(x, | axis=None, keepdims=False, initial=None)"
                            : "amin(x, | axis=None, keepdims=False)",
                    a -> extreme(Fold.MIN, a, name.equals("min")));
        }
        t.op(
                "any(x, | axis=None, keepdims=False)",
                a -> fold(Fold.MAX, LogicOps.bool(a.tensor("x")), a));
        t.op(
                "all(x, | axis=None, keepdims=False)",
                a -> fold(Fold.MIN, LogicOps.bool(a.tensor("x")), a));
        t.op(
                "mean(x, | axis=None, keepdims=False)",
                a -> {
                    var x = a.tensor("x");
                    var wide = Conversion.cast(x, Promotion.result(x.dtype(), DType.FLOAT32));
                    return Conversion.cast(
                            mean(wide, axes(a, wide), a.flag("keepdims")),
                            x.dtype().isDifferentiable() ? x.dtype() : wide.dtype());
                });
        t.op(
                "var(x, | axis=None, keepdims=False)",
                a -> {
                    var x = a.tensor("x");
                    var wide = Conversion.cast(x, Promotion.result(x.dtype(), DType.FLOAT32));
                    var result = Promotion.result(x.dtype(), Promotion.Weak.FLOAT);
                    var variance = variance(wide, axes(a, wide), a.flag("keepdims"));
                    return Conversion.cast(variance, result.isComplex() ? result.real() : result);
                });
        t.op(
                "std(x, | axis=None, keepdims=False)",
                a -> {
                    var x = a.tensor("x");
                    var wide = x.dtype().isDifferentiable() ? x : Conversion.cast(x, Kind.floatx());
                    return Elements.sqrt(variance(wide, axes(a, wide), a.flag("keepdims")));
                });
        t.op(
                "ptp(x, | axis=None, keepdims=False)",
                a -> {
                    var x = a.tensor("x");
                    return fold(Fold.MAX, x, a).minus(fold(Fold.MIN, x, a));
                });
        t.op(
                "count_nonzero(x, | axis=None)",
                a -> {
                    var x = a.tensor("x");
                    var hits =
                            Elements.cast(
                                    x.dtype() == DType.BOOL
                                            ? x
                                            : Elements.notEqual(x, Elements.zerosLike(x)),
                                    DType.INT32);
                    return reduce(Fold.SUM, hits, axes(a, x), false);
                });
        t.op(
                "argmax(x, | axis=None, keepdims=False)",
                a -> arg(a.tensor("x"), a.axis("axis"), a.flag("keepdims"), true));
        t.op(
                "argmin(x, | axis=None, keepdims=False)",
                a -> arg(a.tensor("x"), a.axis("axis"), a.flag("keepdims"), false));
        t.op("cumsum(x, | axis=None, dtype=None)", a -> running(a, Fold.SUM));
        t.op("cumprod(x, | axis=None, dtype=None)", a -> running(a, Fold.PRODUCT));
        t.op("average(x, | axis=None, +weights=None)", ReductionOps::average);
    }

    /** The axes named by {@code axis}, from 0 on; all for None, none for an empty list. */
    static int[] axes(Given a, Tensor x) {
        var named = a.axes("axis");
        return axes(named, x);
    }

    static int[] axes(int @Nullable [] named, Tensor x) {
        if (named == null) {
            return IntStream.range(0, x.rank()).toArray();
        }
        var normal = Arrays.stream(named).map(x.shape()::axis).sorted().toArray();
        for (int i = 1; i < normal.length; i++) {
            if (normal[i] == normal[i - 1]) {
                throw new TensorException(
                        "argument 'axis' names axis "
                                + normal[i]
                                + " twice: "
                                + Arrays.toString(named));
            }
        }
        return normal;
    }

    static Tensor reduce(Fold fold, Tensor x, int[] axes, boolean keep) {
        return axes.length == 0 ? x : Reductions.reduce(fold, x, keep, axes);
    }

    private static Tensor fold(Fold fold, Tensor x, Given a) {
        return reduce(fold, x, axes(a, x), a.flag("keepdims"));
    }

    static Tensor mean(Tensor x, int[] axes, boolean keep) {
        return axes.length == 0 ? x : Reductions.mean(x, keep, axes);
    }

    static Tensor variance(Tensor x, int[] axes, boolean keep) {
        if (axes.length == 0) {
            return Elements.zerosLike(Elements.real(x));
        }
        var centred = x.minus(Reductions.mean(x, true, axes));
        return Reductions.mean(
                x.dtype().isComplex()
                        ? Elements.real(centred.times(Elements.conj(centred)))
                        : Elements.square(centred),
                keep,
                axes);
    }

    private static Tensor extreme(Fold fold, Given a, boolean initial) {
        var x = a.tensor("x");
        if (initial && a.has("initial")) {
            var start = Conversion.tensor(a.value("initial"), x.dtype());
            if (x.dtype() == DType.BOOL) {
                var found = fold(fold, x, a);
                return fold == Fold.MAX ? Elements.or(found, start) : Elements.and(found, start);
            }
            var found = fold(fold, x, a);
            return fold == Fold.MAX
                    ? Elements.maximum(found, start)
                    : Elements.minimum(found, start);
        }
        if (x.size() == 0) {
            throw a.refused("x", "must not be empty");
        }
        return fold(fold, x, a);
    }

    static Tensor arg(Tensor x, @Nullable Integer axis, boolean keep, boolean largest) {
        var wide = x;
        if (x.dtype().isFloating() && x.rank() > 0) {
            wide = Conversion.cast(x, Promotion.result(x.dtype(), DType.FLOAT32));
            // -0.0 counts as less than 0.0.
            var negative =
                    Elements.and(
                            Elements.equal(wide, Elements.zerosLike(wide)), LogicOps.signBit(wide));
            double tiny = wide.dtype() == DType.FLOAT64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
            wide = Elements.select(negative, Kind.weak(-tiny, wide), wide);
        }
        if (axis == null || x.rank() == 0) {
            if (axis != null && axis != 0 && axis != -1) {
                throw new TensorException("argument 'axis' is out of range for a scalar: " + axis);
            }
            wide = Movements.reshape(wide, Shape.of(wide.size()));
        }
        int along = axis == null || x.rank() == 0 ? 0 : x.shape().axis(axis);
        var found =
                largest
                        ? Reductions.argmax(wide, along, DType.INT32)
                        : Reductions.argmin(wide, along, DType.INT32);
        if (!keep) {
            return found;
        }
        var dims = x.shape().dims();
        if (axis == null) {
            Arrays.fill(dims, 1);
        } else if (x.rank() > 0) {
            dims[along] = 1;
        }
        return Movements.reshape(found, Shape.of(dims));
    }

    private static Tensor running(Given a, Fold fold) {
        var dtype = a.dtype("dtype");
        var x = dtype == null ? a.tensor("x") : Conversion.tensor(a.value("x"), dtype);
        if (x.dtype() == DType.BOOL) {
            x = Elements.cast(x, DType.INT32);
        }
        var axis = a.axis("axis");
        if (axis == null) {
            x = Movements.reshape(x, Shape.of(x.size()));
            axis = 0;
        }
        return Reductions.cumulative(fold, x, axis, false, false);
    }

    private static Tensor average(Given a) {
        var x = a.tensor("x");
        var axis = a.axes("axis");
        if (!a.has("weights")) {
            var wide = Kind.floating(x);
            return mean(wide, axes(axis, wide), false);
        }
        var weights = a.tensor("weights");
        var dtype = Promotion.result(x.dtype(), weights.dtype(), Promotion.Weak.FLOAT);
        var p = Conversion.cast(x, dtype);
        var w = Conversion.cast(weights, dtype);
        if (axis != null && p.rank() != w.rank()) {
            if (axis.length != 1 || w.rank() != 1) {
                throw a.refused(
                        "weights", "must be a vector along one axis or have the shape of x");
            }
            var total = Reductions.sum(w, false);
            return sungu.ops.Contractions.tensordot(
                            p, w, new int[] {p.shape().axis(axis[0])}, new int[] {0})
                    .div(total);
        }
        if (!p.shape().equals(w.shape())) {
            Shape.broadcast(p.shape(), w.shape());
        }
        var sum = reduce(Fold.SUM, w, axes(axis, w), false);
        var products = p.times(w);
        return reduce(Fold.SUM, products, axes(axis, products), false).div(sum);
    }
}
