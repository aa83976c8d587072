package sungu.kernel;

import sungu.primitive.Pointwise;
import sungu.tensor.HostTensor;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Scalar instructions over {@code float[]}: loops at one common index, each in a method of its own,
 * which is what HotSpot turns into vector code. The usual functions of the mathematical library are
 * those of {@link FloatFunctions}, rare ones are computed in double.
 */
final class FloatLoops {
    private FloatLoops() {}

    static void unary(Pointwise op, float[] a, float[] c, int from, int to) {
        switch (op) {
            case NEGATE -> negate(a, c, from, to);
            case ABS -> abs(a, c, from, to);
            case SIGN -> sign(a, c, from, to);
            case FLOOR -> floor(a, c, from, to);
            case CEIL -> ceil(a, c, from, to);
            case ROUND -> round(a, c, from, to);
            case TRUNCATE -> truncate(a, c, from, to);
            case SQRT -> sqrt(a, c, from, to);
            case RSQRT -> rsqrt(a, c, from, to);
            case EXP,
                    EXPM1,
                    LOG,
                    LOG1P,
                    SIN,
                    COS,
                    TAN,
                    ASIN,
                    ACOS,
                    ATAN,
                    SINH,
                    COSH,
                    TANH,
                    ASINH,
                    ACOSH,
                    ATANH,
                    SIGMOID,
                    SOFTPLUS,
                    ERF,
                    ERFC ->
                    FloatFunctions.run(op, a, c, from, to);
            case ERFINV, LGAMMA, DIGAMMA -> FloatSpecials.run(op, a, c, from, to);
            default -> each(SpecialFunctions.unary(op), a, c, from, to);
        }
    }

    static void binary(Pointwise op, float[] a, float[] b, float[] c, int from, int to) {
        switch (op) {
            case ADD -> add(a, b, c, from, to);
            case SUBTRACT -> subtract(a, b, c, from, to);
            case MULTIPLY -> multiply(a, b, c, from, to);
            case DIVIDE -> divide(a, b, c, from, to);
            case MINIMUM -> minimum(a, b, c, from, to);
            case MAXIMUM -> maximum(a, b, c, from, to);
            case REMAINDER -> remainder(a, b, c, from, to);
            case POWER, ATAN2 -> FloatPairs.run(op, a, b, c, from, to);
            case FLOOR_DIVIDE -> floorDivide(a, b, c, from, to);
            case NEXT_AFTER -> nextAfter(a, b, c, from, to);
            default -> each(SpecialFunctions.binary(op), a, b, c, from, to);
        }
    }

    /**
     * Runs an instruction of two operands of which one is a scalar, or taken for one as it has
     * another rank than the result, where there is a loop for that.
     *
     * @return whether there is
     */
    static boolean scalar(
            Pointwise op, HostTensor x, HostTensor y, HostTensor out, int from, int to) {
        boolean second = x.rank() == out.rank();
        if (second == (y.rank() == out.rank()) || !(out.array() instanceof float[] c)) {
            return false;
        }
        float[] a = (float[]) (second ? x : y).array();
        float s = ((float[]) (second ? y : x).array())[0];
        switch (op) {
            case ADD -> add(a, s, c, from, to);
            case SUBTRACT -> {
                if (second) {
                    add(a, -s, c, from, to);
                } else {
                    subtract(s, a, c, from, to);
                }
            }
            case MULTIPLY -> multiply(a, s, c, from, to);
            case DIVIDE -> {
                if (second) {
                    divide(a, s, c, from, to);
                } else {
                    divide(s, a, c, from, to);
                }
            }
            case MINIMUM -> minimum(a, s, c, from, to);
            case MAXIMUM -> maximum(a, s, c, from, to);
            case POWER -> {
                if (!second || s != 2) {
                    return false;
                }
                // As FloatPairs.power does.
                multiply(a, a, c, from, to);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    static void predicate(Pointwise op, float[] a, float[] b, byte[] c, int from, int to) {
        switch (op) {
            case EQUAL -> equal(a, b, c, from, to);
            case NOT_EQUAL -> notEqual(a, b, c, from, to);
            case LESS -> less(a, b, c, from, to);
            case LESS_EQUAL -> lessEqual(a, b, c, from, to);
            case GREATER -> greater(a, b, c, from, to);
            case GREATER_EQUAL -> greaterEqual(a, b, c, from, to);
            case IS_FINITE -> isFinite(a, c, from, to);
            default -> throw new IllegalStateException("not a predicate: " + op);
        }
    }

    private static void each(DoubleUnaryOperator function, float[] a, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (float) function.applyAsDouble(a[i]);
        }
    }

    private static void each(
            DoubleBinaryOperator function, float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (float) function.applyAsDouble(a[i], b[i]);
        }
    }

    private static void negate(float[] a, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = -a[i];
        }
    }

    private static void abs(float[] a, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.abs(a[i]);
        }
    }

    private static void sign(float[] a, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.signum(a[i]);
        }
    }

    private static void floor(float[] a, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (float) Math.floor(a[i]);
        }
    }

    private static void ceil(float[] a, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (float) Math.ceil(a[i]);
        }
    }

    private static void round(float[] a, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (float) Math.rint(a[i]);
        }
    }

    private static void truncate(float[] a, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (float) (a[i] < 0 ? Math.ceil(a[i]) : Math.floor(a[i]));
        }
    }

    private static void sqrt(float[] a, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (float) Math.sqrt(a[i]);
        }
    }

    private static void rsqrt(float[] a, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = 1 / (float) Math.sqrt(a[i]);
        }
    }

    private static void add(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] + b[i];
        }
    }

    private static void subtract(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] - b[i];
        }
    }

    private static void multiply(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] * b[i];
        }
    }

    private static void divide(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] / b[i];
        }
    }

    private static void minimum(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.min(a[i], b[i]);
        }
    }

    private static void maximum(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.max(a[i], b[i]);
        }
    }

    private static void add(float[] a, float s, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] + s;
        }
    }

    private static void subtract(float s, float[] a, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = s - a[i];
        }
    }

    private static void multiply(float[] a, float s, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] * s;
        }
    }

    private static void divide(float[] a, float s, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] / s;
        }
    }

    private static void divide(float s, float[] a, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = s / a[i];
        }
    }

    private static void minimum(float[] a, float s, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.min(a[i], s);
        }
    }

    private static void maximum(float[] a, float s, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.max(a[i], s);
        }
    }

    private static void remainder(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] % b[i];
        }
    }

    /** The quotient is rounded to float before it is cut off, as TensorFlow's is. */
    private static void floorDivide(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (float) Math.floor(a[i] / b[i]);
        }
    }

    private static void nextAfter(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] == b[i] ? b[i] : Math.nextAfter(a[i], b[i]);
        }
    }

    private static void equal(float[] a, float[] b, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (a[i] == b[i] ? 1 : 0);
        }
    }

    private static void notEqual(float[] a, float[] b, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (a[i] != b[i] ? 1 : 0);
        }
    }

    private static void less(float[] a, float[] b, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (a[i] < b[i] ? 1 : 0);
        }
    }

    private static void lessEqual(float[] a, float[] b, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (a[i] <= b[i] ? 1 : 0);
        }
    }

    private static void greater(float[] a, float[] b, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (a[i] > b[i] ? 1 : 0);
        }
    }

    private static void greaterEqual(float[] a, float[] b, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (a[i] >= b[i] ? 1 : 0);
        }
    }

    private static void isFinite(float[] a, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (Math.abs(a[i]) <= Float.MAX_VALUE ? 1 : 0);
        }
    }
}
