package sungu.ops;

import sungu.primitive.Bitcast;
import sungu.primitive.Cast;
import sungu.primitive.Pointwise;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;
import sungu.tensor.SymbolicTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

/**
 * Elementwise operations: each result element comes from the elements at the same index. Shapes
 * broadcast by NumPy's rule, dtypes must be equal.
 */
public final class Elements {
    private Elements() {}

    private static Tensor binary(Pointwise op, String operation, Tensor x, Tensor y) {
        if (x instanceof SymbolicTensor symbolic) {
            return symbolic.operator(operation, x, y);
        }
        if (y instanceof SymbolicTensor symbolic) {
            return symbolic.operator(operation, x, y);
        }
        Shape a = x.shape();
        Shape b = y.shape();
        if (a.rank() != 0 && b.rank() != 0 && !a.equals(b)) {
            if (x.dtype() != y.dtype()) {
                throw Pointwise.differentDtypes(op.label(), x.type(), y.type());
            }
            Shape joint;
            try {
                joint = Shape.broadcast(a, b);
            } catch (TensorException e) {
                throw new TensorException(
                        op.label() + ": " + x.type() + " and " + y.type() + ": " + e.problem(),
                        e.hint());
            }
            return Context.bind(
                    op, Movements.broadcastTo(x, joint), Movements.broadcastTo(y, joint));
        }
        return Context.bind(op, x, y);
    }

    private static Tensor unary(Pointwise op, String operation, Tensor x) {
        return x instanceof SymbolicTensor symbolic
                ? symbolic.operator(operation, x)
                : Context.bind(op, x);
    }

    /** A Java number as a scalar of the dtype of another tensor. */
    public static Tensor weak(double value, Tensor like) {
        if (like instanceof SymbolicTensor) {
            return Tensor.of(value);
        }
        var dtype = like.dtype();
        if (dtype == DType.FLOAT32) {
            return Tensor.of((float) value);
        }
        if ((dtype.isInteger() || dtype == DType.BOOL) && value != Math.rint(value)) {
            throw new TensorException(
                    "the number " + value + " is no " + dtype,
                    "cast the tensor first: x.cast(DType.FLOAT32)");
        }
        var array = HostTensor.newArray(dtype, Shape.SCALAR);
        Numbers.put(dtype, array, 0, value);
        return new HostTensor(dtype, Shape.SCALAR, array);
    }

    /** A Java integer as a scalar of the dtype of another tensor. */
    public static Tensor weak(long value, Tensor like) {
        if (like instanceof SymbolicTensor) {
            return Tensor.of(value);
        }
        var array = HostTensor.newArray(like.dtype(), Shape.SCALAR);
        Numbers.putLong(like.dtype(), array, 0, value);
        return new HostTensor(like.dtype(), Shape.SCALAR, array);
    }

    /**
     * Elements converted to another dtype: floats round, fractions are cut off on the way to
     * integers, integers wrap.
     */
    public static Tensor cast(Tensor x, DType dtype) {
        if (x instanceof SymbolicTensor symbolic) {
            return symbolic.operator("cast", x, dtype.label());
        }
        return x.dtype() == dtype ? x : Context.bind(new Cast(dtype), x);
    }

    /** The same bits as another dtype of the same width. */
    public static Tensor bitcast(Tensor x, DType dtype) {
        return x.dtype() == dtype ? x : Context.bind(new Bitcast(dtype), x);
    }

    /** x + y; of strings the joined bytes. */
    public static Tensor add(Tensor x, Tensor y) {
        return binary(Pointwise.ADD, "add", x, y);
    }

    /**
     * x / y of floating or complex numbers; integers of up to 16 bits are divided as float32,
     * others as float64, as in TensorFlow.
     */
    public static Tensor trueDivide(Tensor x, Tensor y) {
        if (x.dtype().isInteger()
                && x.dtype() == y.dtype()
                && !(x instanceof SymbolicTensor)
                && !(y instanceof SymbolicTensor)) {
            var wide = x.dtype().bytes() <= 2 ? DType.FLOAT32 : DType.FLOAT64;
            return binary(Pointwise.DIVIDE, "divide", cast(x, wide), cast(y, wide));
        }
        return binary(Pointwise.DIVIDE, "divide", x, y);
    }

    /** x / y with integers divided as integers, cut off towards zero. */
    public static Tensor truncateDivide(Tensor x, Tensor y) {
        return binary(Pointwise.DIVIDE, "divide", x, y);
    }

    /** x / y, and 0 where y is 0. */
    public static Tensor divideNoNan(Tensor x, Tensor y) {
        var zero = equal(y, zerosLike(y));
        return select(
                broadcastTo(zero, x, y),
                zerosLike(broadcastLike(x, x, y)),
                trueDivide(x, select(zero, onesLike(y), y)));
    }

    /** A bool condition chooses between two operands of one dtype; all broadcast. */
    public static Tensor select(Tensor condition, Tensor x, Tensor y) {
        var shape = Shape.broadcast(Shape.broadcast(condition.shape(), x.shape()), y.shape());
        return Context.bind(Pointwise.SELECT, fit(condition, shape), fit(x, shape), fit(y, shape));
    }

    private static Tensor fit(Tensor x, Shape shape) {
        return x.rank() == 0 ? x : Movements.broadcastTo(x, shape);
    }

    private static Tensor broadcastTo(Tensor t, Tensor x, Tensor y) {
        return fit(t, Shape.broadcast(x.shape(), y.shape()));
    }

    private static Tensor broadcastLike(Tensor t, Tensor x, Tensor y) {
        return Movements.broadcastTo(t, Shape.broadcast(x.shape(), y.shape()));
    }

    /** The tensor stretched to the shape of another. */
    public static Tensor broadcastLike(Tensor x, Tensor like) {
        return Movements.broadcastTo(x, like.shape());
    }

    /** Zeros with the type of another tensor. */
    public static Tensor zerosLike(Tensor x) {
        return Movements.broadcastTo(Tensor.zeros(Shape.SCALAR, x.dtype()), x.shape());
    }

    /** Ones with the type of another tensor. */
    public static Tensor onesLike(Tensor x) {
        return Movements.broadcastTo(Tensor.ones(Shape.SCALAR, x.dtype()), x.shape());
    }

    /** x * x. */
    public static Tensor square(Tensor x) {
        return multiply(x, x);
    }

    /** x limited to the range from low to high. */
    public static Tensor clip(Tensor x, Tensor low, Tensor high) {
        return minimum(maximum(x, low), high);
    }

    /** Whether the element is NaN; never true for integers. */
    public static Tensor isNan(Tensor x) {
        return notEqual(x, x);
    }

    /** Whether the element is plus or minus infinity. */
    public static Tensor isInf(Tensor x) {
        return equal(abs(x), weak(Double.POSITIVE_INFINITY, x));
    }

    /** The complex conjugate; a real tensor is its own. */
    public static Tensor conj(Tensor x) {
        return x.dtype().isComplex() ? Context.bind(Pointwise.CONJ, x) : x;
    }

    /** The real part; a real tensor is its own. */
    public static Tensor real(Tensor x) {
        return x.dtype().isComplex() ? Context.bind(Pointwise.REAL, x) : x;
    }

    /** The imaginary part; of a real tensor zeros. */
    public static Tensor imag(Tensor x) {
        return x.dtype().isComplex() ? Context.bind(Pointwise.IMAG, x) : zerosLike(x);
    }

    /** Complex numbers from their real and imaginary parts. */
    public static Tensor complex(Tensor re, Tensor im) {
        return binary(Pointwise.COMPLEX, "complex", re, im);
    }

    /** -x. */
    public static Tensor negate(Tensor x) {
        return unary(Pointwise.NEGATE, "negative", x);
    }

    /** The absolute value; of a complex number its magnitude, real. */
    public static Tensor abs(Tensor x) {
        return unary(Pointwise.ABS, "abs", x);
    }

    /** -1, 0 or 1; of a complex number x/|x|. */
    public static Tensor sign(Tensor x) {
        return unary(Pointwise.SIGN, "sign", x);
    }

    /** The largest integer not above. */
    public static Tensor floor(Tensor x) {
        return unary(Pointwise.FLOOR, "floor", x);
    }

    /** The smallest integer not below. */
    public static Tensor ceil(Tensor x) {
        return unary(Pointwise.CEIL, "ceil", x);
    }

    /** The nearest integer, half to even. */
    public static Tensor round(Tensor x) {
        return unary(Pointwise.ROUND, "round", x);
    }

    /** The integer part. */
    public static Tensor truncate(Tensor x) {
        return unary(Pointwise.TRUNCATE, "trunc", x);
    }

    /** The square root. */
    public static Tensor sqrt(Tensor x) {
        return unary(Pointwise.SQRT, "sqrt", x);
    }

    /** 1 over the square root. */
    public static Tensor rsqrt(Tensor x) {
        return unary(Pointwise.RSQRT, "rsqrt", x);
    }

    /** e to the power of x. */
    public static Tensor exp(Tensor x) {
        return unary(Pointwise.EXP, "exp", x);
    }

    /** exp(x) - 1, accurate near 0. */
    public static Tensor expm1(Tensor x) {
        return unary(Pointwise.EXPM1, "expm1", x);
    }

    /** The natural logarithm. */
    public static Tensor log(Tensor x) {
        return unary(Pointwise.LOG, "log", x);
    }

    /** log(1 + x), accurate near 0. */
    public static Tensor log1p(Tensor x) {
        return unary(Pointwise.LOG1P, "log1p", x);
    }

    /** The sine. */
    public static Tensor sin(Tensor x) {
        return unary(Pointwise.SIN, "sin", x);
    }

    /** The cosine. */
    public static Tensor cos(Tensor x) {
        return unary(Pointwise.COS, "cos", x);
    }

    /** The tangent. */
    public static Tensor tan(Tensor x) {
        return unary(Pointwise.TAN, "tan", x);
    }

    /** The inverse sine. */
    public static Tensor asin(Tensor x) {
        return unary(Pointwise.ASIN, "arcsin", x);
    }

    /** The inverse cosine. */
    public static Tensor acos(Tensor x) {
        return unary(Pointwise.ACOS, "arccos", x);
    }

    /** The inverse tangent. */
    public static Tensor atan(Tensor x) {
        return unary(Pointwise.ATAN, "arctan", x);
    }

    /** The hyperbolic sine. */
    public static Tensor sinh(Tensor x) {
        return unary(Pointwise.SINH, "sinh", x);
    }

    /** The hyperbolic cosine. */
    public static Tensor cosh(Tensor x) {
        return unary(Pointwise.COSH, "cosh", x);
    }

    /** The hyperbolic tangent. */
    public static Tensor tanh(Tensor x) {
        return unary(Pointwise.TANH, "tanh", x);
    }

    /** The inverse hyperbolic sine. */
    public static Tensor asinh(Tensor x) {
        return unary(Pointwise.ASINH, "arcsinh", x);
    }

    /** The inverse hyperbolic cosine. */
    public static Tensor acosh(Tensor x) {
        return unary(Pointwise.ACOSH, "arccosh", x);
    }

    /** The inverse hyperbolic tangent. */
    public static Tensor atanh(Tensor x) {
        return unary(Pointwise.ATANH, "arctanh", x);
    }

    /** 1 / (1 + exp(-x)). */
    public static Tensor sigmoid(Tensor x) {
        return unary(Pointwise.SIGMOID, "sigmoid", x);
    }

    /** log(1 + exp(x)), without overflow. */
    public static Tensor softplus(Tensor x) {
        return unary(Pointwise.SOFTPLUS, "softplus", x);
    }

    /** The error function. */
    public static Tensor erf(Tensor x) {
        return unary(Pointwise.ERF, "erf", x);
    }

    /** 1 - erf(x). */
    public static Tensor erfc(Tensor x) {
        return unary(Pointwise.ERFC, "erfc", x);
    }

    /** The inverse of the error function. */
    public static Tensor erfinv(Tensor x) {
        return unary(Pointwise.ERFINV, "erfinv", x);
    }

    /** The logarithm of the absolute value of the gamma function. */
    public static Tensor lgamma(Tensor x) {
        return unary(Pointwise.LGAMMA, "lgamma", x);
    }

    /** The derivative of lgamma. */
    public static Tensor digamma(Tensor x) {
        return unary(Pointwise.DIGAMMA, "digamma", x);
    }

    /** The derivative of digamma. */
    public static Tensor trigamma(Tensor x) {
        return unary(Pointwise.TRIGAMMA, "trigamma", x);
    }

    /** Whether the element is neither infinite nor NaN. */
    public static Tensor isFinite(Tensor x) {
        return unary(Pointwise.IS_FINITE, "isfinite", x);
    }

    /** Not. */
    public static Tensor logicalNot(Tensor x) {
        return unary(Pointwise.LOGICAL_NOT, "logical_not", x);
    }

    /** All bits inverted. */
    public static Tensor bitwiseNot(Tensor x) {
        return unary(Pointwise.BITWISE_NOT, "bitwise_not", x);
    }

    /** x - y. */
    public static Tensor subtract(Tensor x, Tensor y) {
        return binary(Pointwise.SUBTRACT, "subtract", x, y);
    }

    /** x * y. */
    public static Tensor multiply(Tensor x, Tensor y) {
        return binary(Pointwise.MULTIPLY, "multiply", x, y);
    }

    /** The largest integer not above x / y. */
    public static Tensor floorDivide(Tensor x, Tensor y) {
        return binary(Pointwise.FLOOR_DIVIDE, "floor_divide", x, y);
    }

    /** The remainder with the sign of y. */
    public static Tensor floorMod(Tensor x, Tensor y) {
        return binary(Pointwise.FLOOR_MOD, "mod", x, y);
    }

    /** The remainder with the sign of x. */
    public static Tensor remainder(Tensor x, Tensor y) {
        return binary(Pointwise.REMAINDER, "fmod", x, y);
    }

    /** x to the power of y. */
    public static Tensor pow(Tensor x, Tensor y) {
        return binary(Pointwise.POWER, "power", x, y);
    }

    /** The smaller one; NaN if either is. */
    public static Tensor minimum(Tensor x, Tensor y) {
        return binary(Pointwise.MINIMUM, "minimum", x, y);
    }

    /** The larger one; NaN if either is. */
    public static Tensor maximum(Tensor x, Tensor y) {
        return binary(Pointwise.MAXIMUM, "maximum", x, y);
    }

    /** The angle of the point (y, x). */
    public static Tensor atan2(Tensor x, Tensor y) {
        return binary(Pointwise.ATAN2, "arctan2", x, y);
    }

    /** The next representable number after x towards y. */
    public static Tensor nextAfter(Tensor x, Tensor y) {
        return binary(Pointwise.NEXT_AFTER, "nextafter", x, y);
    }

    /** And: of bools logical, of integers bitwise. */
    public static Tensor and(Tensor x, Tensor y) {
        return binary(Pointwise.AND, "logical_and", x, y);
    }

    /** Or: of bools logical, of integers bitwise. */
    public static Tensor or(Tensor x, Tensor y) {
        return binary(Pointwise.OR, "logical_or", x, y);
    }

    /** Exclusive or: of bools logical, of integers bitwise. */
    public static Tensor xor(Tensor x, Tensor y) {
        return binary(Pointwise.XOR, "logical_xor", x, y);
    }

    /** Bits moved left. */
    public static Tensor shiftLeft(Tensor x, Tensor y) {
        return binary(Pointwise.SHIFT_LEFT, "left_shift", x, y);
    }

    /** Bits moved right, arithmetically for signed types. */
    public static Tensor shiftRight(Tensor x, Tensor y) {
        return binary(Pointwise.SHIFT_RIGHT, "right_shift", x, y);
    }

    /** The regularized lower incomplete gamma function P(x, y). */
    public static Tensor gammainc(Tensor x, Tensor y) {
        return binary(Pointwise.GAMMAINC, "gammainc", x, y);
    }

    /** The derivative of {@link #gammainc} by its first operand. */
    public static Tensor gammaincGradientA(Tensor x, Tensor y) {
        return binary(Pointwise.GAMMAINC_GRADIENT_A, "gammainc", x, y);
    }

    /** x == y. */
    public static Tensor equal(Tensor x, Tensor y) {
        return binary(Pointwise.EQUAL, "equal", x, y);
    }

    /** x != y. */
    public static Tensor notEqual(Tensor x, Tensor y) {
        return binary(Pointwise.NOT_EQUAL, "not_equal", x, y);
    }

    /** x < y. */
    public static Tensor less(Tensor x, Tensor y) {
        return binary(Pointwise.LESS, "less", x, y);
    }

    /** x <= y. */
    public static Tensor lessEqual(Tensor x, Tensor y) {
        return binary(Pointwise.LESS_EQUAL, "less_equal", x, y);
    }

    /** x > y. */
    public static Tensor greater(Tensor x, Tensor y) {
        return binary(Pointwise.GREATER, "greater", x, y);
    }

    /** x >= y. */
    public static Tensor greaterEqual(Tensor x, Tensor y) {
        return binary(Pointwise.GREATER_EQUAL, "greater_equal", x, y);
    }
}
