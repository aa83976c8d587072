package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Tensor;

import java.util.List;

/** The part of {@link Ops} about numbers and logic. */
abstract sealed class NumericFunctions extends FacadeCalls permits ReducingFunctions {
    /** {@code keras.ops.add(x1, x2)}. */
    public static Tensor add(Object x1, Object x2) {
        return tensor(call("add", x1, x2));
    }

    /** {@code keras.ops.subtract(x1, x2)}. */
    public static Tensor subtract(Object x1, Object x2) {
        return tensor(call("subtract", x1, x2));
    }

    /** {@code keras.ops.multiply(x1, x2)}. */
    public static Tensor multiply(Object x1, Object x2) {
        return tensor(call("multiply", x1, x2));
    }

    /** {@code keras.ops.maximum(x1, x2)}. */
    public static Tensor maximum(Object x1, Object x2) {
        return tensor(call("maximum", x1, x2));
    }

    /** {@code keras.ops.minimum(x1, x2)}. */
    public static Tensor minimum(Object x1, Object x2) {
        return tensor(call("minimum", x1, x2));
    }

    /** {@code keras.ops.floor_divide(x1, x2)}. */
    public static Tensor floorDivide(Object x1, Object x2) {
        return tensor(call("floor_divide", x1, x2));
    }

    /** {@code keras.ops.fmax(x1, x2)}. */
    public static Tensor fmax(Object x1, Object x2) {
        return tensor(call("fmax", x1, x2));
    }

    /** {@code keras.ops.fmin(x1, x2)}. */
    public static Tensor fmin(Object x1, Object x2) {
        return tensor(call("fmin", x1, x2));
    }

    /** {@code keras.ops.power(x1, x2)}. */
    public static Tensor power(Object x1, Object x2) {
        return tensor(call("power", x1, x2));
    }

    /** {@code keras.ops.mod(x1, x2)}. */
    public static Tensor mod(Object x1, Object x2) {
        return tensor(call("mod", x1, x2));
    }

    /** {@code keras.ops.fmod(x1, x2)}. */
    public static Tensor fmod(Object x1, Object x2) {
        return tensor(call("fmod", x1, x2));
    }

    /** {@code keras.ops.gcd(x1, x2)}. */
    public static Tensor gcd(Object x1, Object x2) {
        return tensor(call("gcd", x1, x2));
    }

    /** {@code keras.ops.lcm(x1, x2)}. */
    public static Tensor lcm(Object x1, Object x2) {
        return tensor(call("lcm", x1, x2));
    }

    /** {@code keras.ops.hypot(x1, x2)}. */
    public static Tensor hypot(Object x1, Object x2) {
        return tensor(call("hypot", x1, x2));
    }

    /** {@code keras.ops.heaviside(x1, x2)}. */
    public static Tensor heaviside(Object x1, Object x2) {
        return tensor(call("heaviside", x1, x2));
    }

    /** {@code keras.ops.divide(x1, x2)}. */
    public static Tensor divide(Object x1, Object x2) {
        return tensor(call("divide", x1, x2));
    }

    /** {@code keras.ops.true_divide(x1, x2)}. */
    public static Tensor trueDivide(Object x1, Object x2) {
        return tensor(call("true_divide", x1, x2));
    }

    /** {@code keras.ops.divide_no_nan(x1, x2)}. */
    public static Tensor divideNoNan(Object x1, Object x2) {
        return tensor(call("divide_no_nan", x1, x2));
    }

    /** {@code keras.ops.arctan2(x1, x2)}. */
    public static Tensor arctan2(Object x1, Object x2) {
        return tensor(call("arctan2", x1, x2));
    }

    /** {@code keras.ops.logaddexp(x1, x2)}. */
    public static Tensor logaddexp(Object x1, Object x2) {
        return tensor(call("logaddexp", x1, x2));
    }

    /** {@code keras.ops.logaddexp2(x1, x2)}. */
    public static Tensor logaddexp2(Object x1, Object x2) {
        return tensor(call("logaddexp2", x1, x2));
    }

    /** {@code keras.ops.nextafter(x1, x2)}. */
    public static Tensor nextafter(Object x1, Object x2) {
        return tensor(call("nextafter", x1, x2));
    }

    /** {@code keras.ops.ldexp(x1, x2)}. */
    public static Tensor ldexp(Object x1, Object x2) {
        return tensor(call("ldexp", x1, x2));
    }

    /** {@code keras.ops.equal(x1, x2)}. */
    public static Tensor equal(Object x1, Object x2) {
        return tensor(call("equal", x1, x2));
    }

    /** {@code keras.ops.not_equal(x1, x2)}. */
    public static Tensor notEqual(Object x1, Object x2) {
        return tensor(call("not_equal", x1, x2));
    }

    /** {@code keras.ops.less(x1, x2)}. */
    public static Tensor less(Object x1, Object x2) {
        return tensor(call("less", x1, x2));
    }

    /** {@code keras.ops.less_equal(x1, x2)}. */
    public static Tensor lessEqual(Object x1, Object x2) {
        return tensor(call("less_equal", x1, x2));
    }

    /** {@code keras.ops.greater(x1, x2)}. */
    public static Tensor greater(Object x1, Object x2) {
        return tensor(call("greater", x1, x2));
    }

    /** {@code keras.ops.greater_equal(x1, x2)}. */
    public static Tensor greaterEqual(Object x1, Object x2) {
        return tensor(call("greater_equal", x1, x2));
    }

    /** {@code keras.ops.logical_and(x1, x2)}. */
    public static Tensor logicalAnd(Object x1, Object x2) {
        return tensor(call("logical_and", x1, x2));
    }

    /** {@code keras.ops.logical_or(x1, x2)}. */
    public static Tensor logicalOr(Object x1, Object x2) {
        return tensor(call("logical_or", x1, x2));
    }

    /** {@code keras.ops.logical_xor(x1, x2)}. */
    public static Tensor logicalXor(Object x1, Object x2) {
        return tensor(call("logical_xor", x1, x2));
    }

    /** {@code keras.ops.logical_not(x)}. */
    public static Tensor logicalNot(Object x) {
        return tensor(call("logical_not", x));
    }

    /** {@code keras.ops.bitwise_and(x, y)}. */
    public static Tensor bitwiseAnd(Object x, Object y) {
        return tensor(call("bitwise_and", x, y));
    }

    /** {@code keras.ops.bitwise_or(x, y)}. */
    public static Tensor bitwiseOr(Object x, Object y) {
        return tensor(call("bitwise_or", x, y));
    }

    /** {@code keras.ops.bitwise_xor(x, y)}. */
    public static Tensor bitwiseXor(Object x, Object y) {
        return tensor(call("bitwise_xor", x, y));
    }

    /** {@code keras.ops.bitwise_left_shift(x, y)}. */
    public static Tensor bitwiseLeftShift(Object x, Object y) {
        return tensor(call("bitwise_left_shift", x, y));
    }

    /** {@code keras.ops.left_shift(x, y)}. */
    public static Tensor leftShift(Object x, Object y) {
        return tensor(call("left_shift", x, y));
    }

    /** {@code keras.ops.bitwise_right_shift(x, y)}. */
    public static Tensor bitwiseRightShift(Object x, Object y) {
        return tensor(call("bitwise_right_shift", x, y));
    }

    /** {@code keras.ops.right_shift(x, y)}. */
    public static Tensor rightShift(Object x, Object y) {
        return tensor(call("right_shift", x, y));
    }

    /** {@code keras.ops.bitwise_not(x)}. */
    public static Tensor bitwiseNot(Object x) {
        return tensor(call("bitwise_not", x));
    }

    /** {@code keras.ops.bitwise_invert(x)}. */
    public static Tensor bitwiseInvert(Object x) {
        return tensor(call("bitwise_invert", x));
    }

    /** {@code keras.ops.isfinite(x)}. */
    public static Tensor isfinite(Object x) {
        return tensor(call("isfinite", x));
    }

    /** {@code keras.ops.isinf(x)}. */
    public static Tensor isinf(Object x) {
        return tensor(call("isinf", x));
    }

    /** {@code keras.ops.isnan(x)}. */
    public static Tensor isnan(Object x) {
        return tensor(call("isnan", x));
    }

    /** {@code keras.ops.isposinf(x)}. */
    public static Tensor isposinf(Object x) {
        return tensor(call("isposinf", x));
    }

    /** {@code keras.ops.isneginf(x)}. */
    public static Tensor isneginf(Object x) {
        return tensor(call("isneginf", x));
    }

    /** {@code keras.ops.isreal(x)}. */
    public static Tensor isreal(Object x) {
        return tensor(call("isreal", x));
    }

    /** {@code keras.ops.signbit(x)}. */
    public static Tensor signbit(Object x) {
        return tensor(call("signbit", x));
    }

    /** {@code keras.ops.isclose(x1, x2)}. */
    public static Tensor isclose(Object x1, Object x2) {
        return tensor(call("isclose", x1, x2));
    }

    /** {@code keras.ops.isclose(x1, x2, rtol, atol, equal_nan)}. */
    public static Tensor isclose(
            Object x1,
            Object x2,
            @Nullable Object rtol,
            @Nullable Object atol,
            @Nullable Object equalNan) {
        return tensor(call("isclose", x1, x2, rtol, atol, equalNan));
    }

    /** {@code keras.ops.allclose(x1, x2)}. */
    public static Tensor allclose(Object x1, Object x2) {
        return tensor(call("allclose", x1, x2));
    }

    /** {@code keras.ops.allclose(x1, x2, rtol, atol, equal_nan)}. */
    public static Tensor allclose(
            Object x1,
            Object x2,
            @Nullable Object rtol,
            @Nullable Object atol,
            @Nullable Object equalNan) {
        return tensor(call("allclose", x1, x2, rtol, atol, equalNan));
    }

    /** {@code keras.ops.where(condition)}. */
    public static List<Tensor> where(Object condition) {
        return tensors(call("where", condition));
    }

    /** {@code keras.ops.where(condition, x1, x2)}. */
    public static Tensor where(Object condition, @Nullable Object x1, @Nullable Object x2) {
        return tensor(call("where", condition, x1, x2));
    }

    /** {@code keras.ops.exp(x)}. */
    public static Tensor exp(Object x) {
        return tensor(call("exp", x));
    }

    /** {@code keras.ops.exp2(x)}. */
    public static Tensor exp2(Object x) {
        return tensor(call("exp2", x));
    }

    /** {@code keras.ops.expm1(x)}. */
    public static Tensor expm1(Object x) {
        return tensor(call("expm1", x));
    }

    /** {@code keras.ops.log(x)}. */
    public static Tensor log(Object x) {
        return tensor(call("log", x));
    }

    /** {@code keras.ops.log1p(x)}. */
    public static Tensor log1p(Object x) {
        return tensor(call("log1p", x));
    }

    /** {@code keras.ops.log2(x)}. */
    public static Tensor log2(Object x) {
        return tensor(call("log2", x));
    }

    /** {@code keras.ops.log10(x)}. */
    public static Tensor log10(Object x) {
        return tensor(call("log10", x));
    }

    /** {@code keras.ops.sqrt(x)}. */
    public static Tensor sqrt(Object x) {
        return tensor(call("sqrt", x));
    }

    /** {@code keras.ops.sin(x)}. */
    public static Tensor sin(Object x) {
        return tensor(call("sin", x));
    }

    /** {@code keras.ops.cos(x)}. */
    public static Tensor cos(Object x) {
        return tensor(call("cos", x));
    }

    /** {@code keras.ops.tan(x)}. */
    public static Tensor tan(Object x) {
        return tensor(call("tan", x));
    }

    /** {@code keras.ops.arcsin(x)}. */
    public static Tensor arcsin(Object x) {
        return tensor(call("arcsin", x));
    }

    /** {@code keras.ops.arccos(x)}. */
    public static Tensor arccos(Object x) {
        return tensor(call("arccos", x));
    }

    /** {@code keras.ops.arctan(x)}. */
    public static Tensor arctan(Object x) {
        return tensor(call("arctan", x));
    }

    /** {@code keras.ops.sinh(x)}. */
    public static Tensor sinh(Object x) {
        return tensor(call("sinh", x));
    }

    /** {@code keras.ops.cosh(x)}. */
    public static Tensor cosh(Object x) {
        return tensor(call("cosh", x));
    }
}
