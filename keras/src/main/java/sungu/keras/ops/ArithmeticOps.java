package sungu.keras.ops;

import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;
import java.util.function.BinaryOperator;

/** Arithmetic of two operands, brought to their common dtype. */
final class ArithmeticOps {
    private static final List<Object> FLOAT = List.of(Promotion.Weak.FLOAT);

    private ArithmeticOps() {}

    static void declare(Operations.Table t) {
        promoted(t, "add", Elements::add);
        promoted(t, "subtract", Elements::subtract);
        promoted(t, "multiply", Elements::multiply);
        promoted(t, "maximum", Elements::maximum);
        promoted(t, "minimum", Elements::minimum);
        promoted(t, "floor_divide", Elements::floorDivide);
        promoted(t, "fmax", (x, y) -> ignoringNan(Elements.maximum(x, y), x, y));
        promoted(t, "fmin", (x, y) -> ignoringNan(Elements.minimum(x, y), x, y));
        promoted(t, "power", ArithmeticOps::power);
        promoted(t, "mod", (x, y) -> Elements.floorMod(numbers(x), numbers(y)));
        promoted(t, "fmod", (x, y) -> Elements.remainder(numbers(x), numbers(y)));
        promoted(t, "gcd", ArithmeticOps::gcd);
        promoted(t, "lcm", ArithmeticOps::lcm);
        promoted(t, "hypot", (x, y) -> hypot(measured(x), measured(y)));
        promoted(
                t,
                "heaviside",
                (x, y) -> {
                    var a = measured(x);
                    return Elements.select(
                            a.less(0),
                            Elements.zerosLike(a),
                            Elements.select(a.greater(0), Elements.onesLike(a), measured(y)));
                });
        floating(t, "divide", Elements::trueDivide);
        floating(t, "true_divide", Elements::trueDivide);
        floating(t, "divide_no_nan", Elements::divideNoNan);
        floating(t, "arctan2", Elements::atan2);
        floating(t, "logaddexp", ArithmeticOps::logAddExp);
        floating(
                t,
                "logaddexp2",
                (x, y) -> {
                    double log2 = Math.log(2);
                    return logAddExp(x.times(log2), y.times(log2)).div(Kind.weak(log2, x));
                });
        t.op(
                "nextafter(x1, x2)",
                a -> {
                    var x = a.tensor("x1");
                    var y = a.tensor("x2");
                    var dtype = Promotion.result(x.dtype(), y.dtype(), Promotion.Weak.FLOAT);
                    return Conversion.cast(
                            Elements.nextAfter(
                                    Conversion.cast(x, DType.FLOAT64),
                                    Conversion.cast(y, DType.FLOAT64)),
                            dtype);
                });
        t.op(
                "ldexp(x1, x2)",
                a -> {
                    var x = a.tensor("x1");
                    var y = a.tensor("x2");
                    if (!y.dtype().isInteger()) {
                        throw a.refused("x2", "must be integers");
                    }
                    var dtype = Promotion.result(x.dtype(), y.dtype(), Promotion.Weak.FLOAT);
                    var value = Conversion.cast(x, dtype);
                    var scaled =
                            value.times(
                                    Elements.pow(Kind.weak(2, value), Conversion.cast(y, dtype)));
                    return Elements.select(
                            Elements.or(
                                    Elements.isInf(value),
                                    Elements.equal(value, Elements.zerosLike(value))),
                            value,
                            scaled);
                });
    }

    private static void promoted(Operations.Table t, String name, BinaryOperator<Tensor> rule) {
        t.op(name + "(x1, x2)", a -> apply(rule, Kind.promoted(a.value("x1"), a.value("x2"))));
    }

    private static void floating(Operations.Table t, String name, BinaryOperator<Tensor> rule) {
        t.op(
                name + "(x1, x2)",
                a -> apply(rule, Kind.promotedWith(FLOAT, a.value("x1"), a.value("x2"))));
    }

    private static Tensor apply(BinaryOperator<Tensor> rule, List<Tensor> operands) {
        return rule.apply(operands.get(0), operands.get(1));
    }

    private static Tensor numbers(Tensor x) {
        return x.dtype() == DType.BOOL ? Elements.cast(x, DType.INT32) : x;
    }

    /** Small integers as floatx, int64 as float64. */
    private static Tensor measured(Tensor x) {
        if (x.dtype() == DType.INT64) {
            return Elements.cast(x, DType.FLOAT64);
        }
        return x.dtype().isInteger() ? Elements.cast(x, Kind.floatx()) : x;
    }

    private static Tensor hypot(Tensor x, Tensor y) {
        var a = Elements.abs(x);
        var b = Elements.abs(y);
        var most = Elements.maximum(a, b);
        var size =
                most.times(
                        Elements.sqrt(
                                Elements.divideNoNan(Elements.minimum(a, b), most)
                                        .square()
                                        .plus(1)));
        var infinite = Elements.weak(Double.POSITIVE_INFINITY, most);
        return Elements.select(
                Elements.or(Elements.equal(a, infinite), Elements.equal(b, infinite)),
                infinite,
                size);
    }

    private static Tensor power(Tensor x, Tensor y) {
        if (y.dtype().isInteger()
                && !y.dtype().isUnsigned()
                && y instanceof sungu.tensor.HostTensor
                && y.size() > 0
                && y.min().longValue() < 0) {
            throw new TensorException(
                    "power: integers have no negative powers: x2 is " + y.type(),
                    "cast to a floating dtype first");
        }
        return x.dtype().isUnsigned()
                ? Elements.cast(
                        Elements.pow(Elements.cast(x, DType.INT32), Elements.cast(y, DType.INT32)),
                        x.dtype())
                : Elements.pow(x, y);
    }

    private static Tensor ignoringNan(Tensor result, Tensor x, Tensor y) {
        if (!x.dtype().isFloating()) {
            return result;
        }
        var nanX = Elements.isNan(x);
        var nanY = Elements.isNan(y);
        var withoutX = Elements.select(Elements.and(nanX, Elements.logicalNot(nanY)), y, result);
        return Elements.select(Elements.and(nanY, Elements.logicalNot(nanX)), x, withoutX);
    }

    static Tensor logAddExp(Tensor x, Tensor y) {
        var delta = x.minus(y);
        var sum =
                Elements.maximum(x, y)
                        .plus(Elements.softplus(Elements.negate(Elements.abs(delta))));
        return Elements.select(Elements.isNan(delta), x.plus(y), sum);
    }

    private static void integers(String name, Tensor x) {
        if (!x.dtype().isInteger() && x.dtype() != DType.BOOL) {
            throw new TensorException(name + ": arguments must be integers, got " + x.type());
        }
    }

    private static Tensor gcd(Tensor x, Tensor y) {
        integers("gcd", x);
        var a = Elements.abs(numbers(x));
        var b = Elements.abs(numbers(y));
        var shape = sungu.tensor.Shape.broadcast(a.shape(), b.shape());
        var result =
                Controls.whileLoop(
                        v ->
                                sungu.ops.Reductions.any(
                                        Elements.notEqual(v[1], Elements.zerosLike(v[1])), false),
                        v -> {
                            var zero = Elements.equal(v[1], Elements.zerosLike(v[1]));
                            var safe = Elements.select(zero, Elements.onesLike(v[1]), v[1]);
                            return new Tensor[] {
                                Elements.select(zero, v[0], v[1]),
                                Elements.select(zero, v[1], Elements.floorMod(v[0], safe))
                            };
                        },
                        sungu.ops.Movements.broadcastTo(a, shape),
                        sungu.ops.Movements.broadcastTo(b, shape));
        return Elements.cast(result[0], x.dtype());
    }

    private static Tensor lcm(Tensor x, Tensor y) {
        integers("lcm", x);
        var a = numbers(x);
        var b = numbers(y);
        var divisor = gcd(a, b);
        var safe =
                Elements.select(
                        Elements.equal(divisor, Elements.zerosLike(divisor)),
                        Elements.onesLike(divisor),
                        divisor);
        return Elements.cast(Elements.abs(Elements.floorDivide(a, safe).times(b)), x.dtype());
    }
}
