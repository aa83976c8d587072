package sungu.keras.ops;

import sungu.ops.Elements;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.function.BinaryOperator;

/** Comparisons, logic, bits and tests of single elements. */
final class LogicOps {
    private LogicOps() {}

    static void declare(Operations.Table t) {
        compare(t, "equal", Elements::equal);
        compare(t, "not_equal", Elements::notEqual);
        compare(t, "less", Elements::less);
        compare(t, "less_equal", Elements::lessEqual);
        compare(t, "greater", Elements::greater);
        compare(t, "greater_equal", Elements::greaterEqual);
        logical(t, "logical_and", Elements::and);
        logical(t, "logical_or", Elements::or);
        logical(t, "logical_xor", Elements::xor);
        t.op("logical_not(x)", a -> Elements.logicalNot(bool(a.tensor("x"))));
        bits(t, "bitwise_and", Elements::and);
        bits(t, "bitwise_or", Elements::or);
        bits(t, "bitwise_xor", Elements::xor);
        for (var name : new String[] {"bitwise_left_shift", "left_shift"}) {
            shift(t, name, Elements::shiftLeft);
        }
        for (var name : new String[] {"bitwise_right_shift", "right_shift"}) {
            shift(t, name, Elements::shiftRight);
        }
        for (var name : new String[] {"bitwise_not", "bitwise_invert"}) {
            t.op(name + "(x)", a -> Elements.bitwiseNot(a.tensor("x")));
        }
        t.op("isfinite(x)", a -> test(a.tensor("x"), true, Elements::isFinite));
        t.op("isinf(x)", a -> test(a.tensor("x"), false, Elements::isInf));
        t.op("isnan(x)", a -> test(a.tensor("x"), false, Elements::isNan));
        t.op(
                "isposinf(x)",
                a ->
                        test(
                                a.tensor("x"),
                                false,
                                x ->
                                        Elements.equal(
                                                x, Elements.weak(Double.POSITIVE_INFINITY, x))));
        t.op(
                "isneginf(x)",
                a ->
                        test(
                                a.tensor("x"),
                                false,
                                x ->
                                        Elements.equal(
                                                x, Elements.weak(Double.NEGATIVE_INFINITY, x))));
        t.op(
                "isreal(x)",
                a -> {
                    var x = a.tensor("x");
                    return x.dtype().isComplex()
                            ? Elements.equal(Elements.imag(x), Elements.zerosLike(Elements.imag(x)))
                            : always(x, true);
                });
        t.op("signbit(x)", a -> signBit(a.tensor("x")));
        t.op("isclose(x1, x2, | rtol=1e-5, atol=1e-8, equal_nan=False)", a -> isClose(a));
        t.op(
                "allclose(x1, x2, | rtol=1e-5, atol=1e-8, equal_nan=False)",
                a -> Reductions.all(isClose(a), false));
        t.op(
                        "where(condition, x1=None, x2=None)",
                        a -> {
                            var condition = bool(a.tensor("condition"));
                            if (a.has("x1") != a.has("x2")) {
                                throw a.refused(
                                        a.has("x1") ? "x2" : "x1",
                                        "must be given when the other one is");
                            }
                            if (!a.has("x1")) {
                                return IndexOps.nonzero(condition);
                            }
                            var xs = Kind.promoted(a.value("x1"), a.value("x2"));
                            return Elements.select(condition, xs.get(0), xs.get(1));
                        })
                .dynamicUnless("x1");
    }

    static Tensor bool(Tensor x) {
        return Conversion.cast(x, DType.BOOL);
    }

    private static void compare(Operations.Table t, String name, BinaryOperator<Tensor> rule) {
        t.op(
                name + "(x1, x2)",
                a -> {
                    var xs = Kind.promoted(a.value("x1"), a.value("x2"));
                    return rule.apply(xs.get(0), xs.get(1));
                });
    }

    private static void logical(Operations.Table t, String name, BinaryOperator<Tensor> rule) {
        t.op(name + "(x1, x2)", a -> rule.apply(bool(a.tensor("x1")), bool(a.tensor("x2"))));
    }

    private static void bits(Operations.Table t, String name, BinaryOperator<Tensor> rule) {
        t.op(
                name + "(x, y)",
                a -> {
                    var x = a.tensor("x");
                    var y = a.tensor("y");
                    var dtype = Promotion.result(x.dtype(), y.dtype());
                    return rule.apply(Conversion.cast(x, dtype), Conversion.cast(y, dtype));
                });
    }

    private static void shift(Operations.Table t, String name, BinaryOperator<Tensor> rule) {
        t.op(
                name + "(x, y)",
                a -> {
                    var x = a.tensor("x");
                    if (a.value("y") instanceof Number) {
                        return rule.apply(x, Conversion.tensor(a.value("y"), x.dtype()));
                    }
                    var y = a.tensor("y");
                    var dtype = Promotion.result(x.dtype(), y.dtype());
                    return rule.apply(Conversion.cast(x, dtype), Conversion.cast(y, dtype));
                });
    }

    private interface Rule {
        Tensor apply(Tensor x);
    }

    private static Tensor always(Tensor x, boolean value) {
        return sungu.ops.Movements.broadcastTo(Tensor.of(value), x.shape());
    }

    /** Integers, bools and strings are never special. */
    private static Tensor test(Tensor x, boolean otherwise, Rule rule) {
        return x.dtype().isDifferentiable() ? rule.apply(x) : always(x, otherwise);
    }

    static Tensor signBit(Tensor x) {
        if (x.dtype() == DType.BOOL) {
            return always(x, false);
        }
        if (x.dtype().isInteger()) {
            return Elements.less(x, Elements.zerosLike(x));
        }
        var bits = Elements.bitcast(Elements.cast(x, DType.FLOAT32), DType.INT32);
        return Elements.less(bits, Elements.zerosLike(bits));
    }

    private static Tensor isClose(Given a) {
        var x = a.tensor("x1");
        var y = a.tensor("x2");
        var dtype = Promotion.result(x.dtype(), y.dtype());
        var p = Conversion.cast(x, dtype);
        var q = Conversion.cast(y, dtype);
        if (!dtype.isFloating()) {
            return Elements.equal(p, q);
        }
        var bound = Elements.abs(q).times(a.number("rtol")).plus(a.number("atol"));
        var close =
                Elements.or(
                        Elements.equal(p, q),
                        Elements.and(
                                Elements.isFinite(q),
                                Elements.lessEqual(Elements.abs(p.minus(q)), bound)));
        return a.flag("equal_nan")
                ? Elements.or(close, Elements.and(Elements.isNan(p), Elements.isNan(q)))
                : close;
    }
}
