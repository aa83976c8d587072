package sungu.kernel;

import sungu.primitive.Pointwise;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Scalar instructions over {@code double[]}: loops at one common index, each in a method of its
 * own, which is what HotSpot turns into vector code. Functions of the mathematical library are
 * computed in double.
 */
final class DoubleLoops {
    private DoubleLoops() {}

    static void unary(Pointwise op, double[] a, double[] c, int from, int to) {
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
            case EXP -> exp(a, c, from, to);
            case LOG -> log(a, c, from, to);
            case TANH -> tanh(a, c, from, to);
            case SIGMOID -> sigmoid(a, c, from, to);
            default -> each(SpecialFunctions.unary(op), a, c, from, to);
        }
    }

    static void binary(Pointwise op, double[] a, double[] b, double[] c, int from, int to) {
        switch (op) {
            case ADD -> add(a, b, c, from, to);
            case SUBTRACT -> subtract(a, b, c, from, to);
            case MULTIPLY -> multiply(a, b, c, from, to);
            case DIVIDE -> divide(a, b, c, from, to);
            case MINIMUM -> minimum(a, b, c, from, to);
            case MAXIMUM -> maximum(a, b, c, from, to);
            case REMAINDER -> remainder(a, b, c, from, to);
            case POWER -> power(a, b, c, from, to);
            case NEXT_AFTER -> nextAfter(a, b, c, from, to);
            default -> each(SpecialFunctions.binary(op), a, b, c, from, to);
        }
    }

    static void predicate(Pointwise op, double[] a, double[] b, byte[] c, int from, int to) {
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

    private static void each(
            DoubleUnaryOperator function, double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = function.applyAsDouble(a[i]);
        }
    }

    private static void each(
            DoubleBinaryOperator function, double[] a, double[] b, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = function.applyAsDouble(a[i], b[i]);
        }
    }

    private static void negate(double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = -a[i];
        }
    }

    private static void abs(double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.abs(a[i]);
        }
    }

    private static void sign(double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.signum(a[i]);
        }
    }

    private static void floor(double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.floor(a[i]);
        }
    }

    private static void ceil(double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.ceil(a[i]);
        }
    }

    private static void round(double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.rint(a[i]);
        }
    }

    private static void truncate(double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (a[i] < 0 ? Math.ceil(a[i]) : Math.floor(a[i]));
        }
    }

    private static void sqrt(double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.sqrt(a[i]);
        }
    }

    private static void rsqrt(double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (1 / Math.sqrt(a[i]));
        }
    }

    private static void exp(double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.exp(a[i]);
        }
    }

    private static void log(double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.log(a[i]);
        }
    }

    private static void tanh(double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.tanh(a[i]);
        }
    }

    private static void sigmoid(double[] a, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (1 / (1 + Math.exp(-a[i])));
        }
    }

    private static void add(double[] a, double[] b, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] + b[i];
        }
    }

    private static void subtract(double[] a, double[] b, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] - b[i];
        }
    }

    private static void multiply(double[] a, double[] b, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] * b[i];
        }
    }

    private static void divide(double[] a, double[] b, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] / b[i];
        }
    }

    private static void minimum(double[] a, double[] b, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.min(a[i], b[i]);
        }
    }

    private static void maximum(double[] a, double[] b, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = Math.max(a[i], b[i]);
        }
    }

    private static void remainder(double[] a, double[] b, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] % b[i];
        }
    }

    private static void power(double[] a, double[] b, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = SpecialFunctions.power(a[i], b[i]);
        }
    }

    private static void nextAfter(double[] a, double[] b, double[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] == b[i] ? b[i] : Math.nextAfter(a[i], b[i]);
        }
    }

    private static void equal(double[] a, double[] b, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (a[i] == b[i] ? 1 : 0);
        }
    }

    private static void notEqual(double[] a, double[] b, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (a[i] != b[i] ? 1 : 0);
        }
    }

    private static void less(double[] a, double[] b, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (a[i] < b[i] ? 1 : 0);
        }
    }

    private static void lessEqual(double[] a, double[] b, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (a[i] <= b[i] ? 1 : 0);
        }
    }

    private static void greater(double[] a, double[] b, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (a[i] > b[i] ? 1 : 0);
        }
    }

    private static void greaterEqual(double[] a, double[] b, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (a[i] >= b[i] ? 1 : 0);
        }
    }

    private static void isFinite(double[] a, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = (byte) (Math.abs(a[i]) <= Double.MAX_VALUE ? 1 : 0);
        }
    }
}
