package sungu.keras.ops;

import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.function.UnaryOperator;

/** Functions of one number, element by element. */
final class UnaryOps {
    private UnaryOps() {}

    static void declare(Operations.Table t) {
        floating(t, "exp", Elements::exp);
        floating(t, "exp2", x -> Elements.pow(Kind.weak(2, x), x));
        floating(t, "expm1", Elements::expm1);
        floating(t, "log", Elements::log);
        floating(t, "log1p", Elements::log1p);
        floating(t, "log2", x -> Elements.log(x).div(Elements.log(Kind.weak(2, x))));
        floating(t, "log10", x -> Elements.log(x).div(Elements.log(Kind.weak(10, x))));
        floating(t, "sqrt", Elements::sqrt);
        floating(t, "sin", Elements::sin);
        floating(t, "cos", Elements::cos);
        floating(t, "tan", Elements::tan);
        floating(t, "arcsin", Elements::asin);
        floating(t, "arccos", Elements::acos);
        floating(t, "arctan", Elements::atan);
        floating(t, "sinh", Elements::sinh);
        floating(t, "cosh", Elements::cosh);
        floating(t, "arcsinh", Elements::asinh);
        floating(t, "arccosh", Elements::acosh);
        floating(t, "arctanh", Elements::atanh);
        floating(t, "ceil", Elements::ceil);
        floating(t, "floor", Elements::floor);
        floating(t, "fabs", Elements::abs);
        floating(t, "sinc", UnaryOps::sinc);
        floating(t, "deg2rad", x -> x.times(Math.PI / 180));
        floating(t, "rad2deg", x -> x.times(180 / Math.PI));
        t.op("tanh(x)", a -> Elements.tanh(Kind.floating(a.tensor("x"))));
        t.op(
                "cbrt(x)",
                a -> {
                    var x = a.tensor("x");
                    var wide =
                            Conversion.cast(
                                    x,
                                    x.dtype() == DType.INT64
                                            ? DType.FLOAT64
                                            : x.dtype().isFloating() ? x.dtype() : Kind.floatx());
                    return cbrt(wide);
                });
        for (var name : new String[] {"abs", "absolute"}) {
            t.op(
                    name + "(x)",
                    a -> {
                        var x = a.tensor("x");
                        return x.dtype() == DType.BOOL || x.dtype().isUnsigned()
                                ? x
                                : Elements.abs(x);
                    });
        }
        t.op("negative(x)", a -> Elements.negate(a.tensor("x")));
        t.op("sign(x)", a -> Elements.sign(a.tensor("x")));
        t.op(
                "square(x)",
                a -> {
                    var x = a.tensor("x");
                    return Elements.square(
                            x.dtype() == DType.BOOL ? Elements.cast(x, DType.INT32) : x);
                });
        t.op(
                "reciprocal(x)",
                a -> {
                    var x = a.tensor("x");
                    if (!x.dtype().isDifferentiable()) {
                        throw a.refused("x", "must be floating");
                    }
                    return Kind.weak(1, x).div(x);
                });
        t.op(
                "trunc(x)",
                a -> {
                    var x = a.tensor("x");
                    return x.dtype().isFloating() ? Elements.truncate(x) : x;
                });
        t.op("round(x, | decimals=0)", a -> round(a.tensor("x"), a.size("decimals")));
        t.op("conj(x)", a -> Elements.conj(a.tensor("x")));
        t.op("conjugate(x)", a -> Elements.conj(a.tensor("x")));
        t.op("real(x)", a -> Elements.real(a.tensor("x")));
        t.op("imag(x)", a -> Elements.imag(a.tensor("x")));
        t.op(
                "angle(x)",
                a -> {
                    var x = Kind.floating(a.tensor("x"));
                    return Elements.atan2(Elements.imag(x), Elements.real(x));
                });
        t.op(
                "clip(x, x_min, x_max)",
                a -> {
                    var x = a.tensor("x");
                    var numbers = x.dtype() == DType.BOOL ? Elements.cast(x, DType.INT32) : x;
                    return Elements.minimum(
                            Elements.maximum(numbers, bound(a, "x_min", numbers)),
                            bound(a, "x_max", numbers));
                });
        t.op(
                "nan_to_num(x, | nan=0.0, posinf=None, neginf=None)",
                a -> {
                    var x = a.tensor("x");
                    if (!x.dtype().isFloating()) {
                        return x;
                    }
                    double most = largest(x.dtype());
                    var y = Elements.select(Elements.isNan(x), Kind.weak(a.number("nan"), x), x);
                    y =
                            Elements.select(
                                    Elements.equal(y, Kind.weak(Double.POSITIVE_INFINITY, x)),
                                    Kind.weak(a.number("posinf", most), x),
                                    y);
                    return Elements.select(
                            Elements.equal(y, Kind.weak(Double.NEGATIVE_INFINITY, x)),
                            Kind.weak(a.number("neginf", -most), x),
                            y);
                });
    }

    private static Tensor bound(Given a, String name, Tensor x) {
        var value = a.value(name);
        if (value instanceof Double number
                && x.dtype().isInteger()
                && number != Math.rint(number)) {
            throw a.refused(name, "must be an integer for " + x.type());
        }
        return Conversion.tensor(value, x.dtype());
    }

    private static void floating(Operations.Table t, String name, UnaryOperator<Tensor> rule) {
        t.op(name + "(x)", a -> rule.apply(a.floating("x")));
    }

    /**
     * A power, as in Keras, and a step of Newton's method, without a part in the gradient: the
     * exponent is only close to 1/3.
     */
    private static Tensor cbrt(Tensor x) {
        var size = Elements.abs(x);
        var root = Elements.pow(size, Kind.weak(1 / 3.0, x));
        var usable = Elements.and(root.greater(0), Elements.isFinite(root));
        var step = size.div(root.square()).minus(root).times(1 / 3.0);
        var correction = Elements.select(usable, step, Elements.zerosLike(step));
        return Elements.sign(x).times(root.plus(Controls.stopGradient(correction)));
    }

    private static Tensor sinc(Tensor x) {
        var zero = Elements.equal(x, Elements.zerosLike(x));
        var scaled = x.times(Math.PI);
        return Elements.select(zero, Elements.onesLike(x), Elements.sin(scaled).div(scaled));
    }

    private static Tensor round(Tensor x, int decimals) {
        if (decimals == 0) {
            return x.dtype().isFloating() ? Elements.round(x) : x;
        }
        if (x.dtype().isInteger() && decimals > 0) {
            return x;
        }
        var wide = x.dtype().isInteger() ? Elements.cast(x, Kind.floatx()) : x;
        var factor = Kind.weak(Math.pow(10, decimals), wide);
        return Conversion.cast(Elements.round(wide.times(factor)).div(factor), x.dtype());
    }

    /** The largest finite number of a dtype. */
    static double largest(DType dtype) {
        return switch (dtype) {
            case FLOAT16 -> 65504;
            case BFLOAT16 -> Float.intBitsToFloat(0x7F7F0000);
            case FLOAT32 -> Float.MAX_VALUE;
            default -> Double.MAX_VALUE;
        };
    }
}
