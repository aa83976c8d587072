package sungu.kernel;

import sungu.primitive.Pointwise;
import sungu.tensor.TensorException;

/**
 * Scalar instructions over {@code long[]}; overflow wraps, and {@code unsigned} reads all 64 bits
 * as magnitude.
 */
final class LongLoops {
    private LongLoops() {}

    static void unary(Pointwise op, long[] a, long[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = unary(op, a[i]);
        }
    }

    private static long unary(Pointwise op, long x) {
        return switch (op) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Long.signum(x);
            case FLOOR, CEIL, ROUND, TRUNCATE -> x;
            case BITWISE_NOT -> ~x;
            case LOGICAL_NOT -> x ^ 1;
            default -> throw new TensorException(op.label() + ": does not take integers");
        };
    }

    static void binary(
            Pointwise op, long[] a, long[] b, long[] c, int from, int to, boolean unsigned) {
        switch (op) {
            case ADD -> {
                for (int i = from; i < to; i++) {
                    c[i] = a[i] + b[i];
                }
            }
            case SUBTRACT -> {
                for (int i = from; i < to; i++) {
                    c[i] = a[i] - b[i];
                }
            }
            case MULTIPLY -> {
                for (int i = from; i < to; i++) {
                    c[i] = a[i] * b[i];
                }
            }
            default -> {
                for (int i = from; i < to; i++) {
                    c[i] = unsigned ? unsigned(op, a[i], b[i]) : signed(op, a[i], b[i]);
                }
            }
        }
    }

    private static long signed(Pointwise op, long x, long y) {
        return switch (op) {
            case MINIMUM -> Math.min(x, y);
            case MAXIMUM -> Math.max(x, y);
            case DIVIDE -> x / divisor(op, y);
            case FLOOR_DIVIDE -> Math.floorDiv(x, divisor(op, y));
            case FLOOR_MOD -> Math.floorMod(x, divisor(op, y));
            case REMAINDER -> x % divisor(op, y);
            case POWER -> power(x, y);
            case SHIFT_LEFT -> x << y;
            case SHIFT_RIGHT -> x >> y;
            default -> bits(op, x, y);
        };
    }

    private static long unsigned(Pointwise op, long x, long y) {
        return switch (op) {
            case MINIMUM -> Long.compareUnsigned(x, y) <= 0 ? x : y;
            case MAXIMUM -> Long.compareUnsigned(x, y) >= 0 ? x : y;
            case DIVIDE, FLOOR_DIVIDE -> Long.divideUnsigned(x, divisor(op, y));
            case FLOOR_MOD, REMAINDER -> Long.remainderUnsigned(x, divisor(op, y));
            case POWER -> power(x, y);
            case SHIFT_LEFT -> x << y;
            case SHIFT_RIGHT -> x >>> y;
            default -> bits(op, x, y);
        };
    }

    private static long bits(Pointwise op, long x, long y) {
        return switch (op) {
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            default -> throw new TensorException(op.label() + ": does not take integers");
        };
    }

    private static long divisor(Pointwise op, long y) {
        if (y == 0) {
            throw new TensorException(op.label() + ": integer division by zero");
        }
        return y;
    }

    /** Repeated squaring; a negative exponent gives 0 but for the bases 1 and -1. */
    private static long power(long x, long y) {
        if (y < 0) {
            return x == 1 ? 1 : x == -1 ? ((y & 1) == 0 ? 1 : -1) : 0;
        }
        long result = 1;
        for (long base = x, exponent = y; exponent != 0; exponent >>= 1, base *= base) {
            if ((exponent & 1) != 0) {
                result *= base;
            }
        }
        return result;
    }

    static void predicate(
            Pointwise op, long[] a, long[] b, byte[] c, int from, int to, boolean unsigned) {
        for (int i = from; i < to; i++) {
            int order = unsigned ? Long.compareUnsigned(a[i], b[i]) : Long.compare(a[i], b[i]);
            boolean holds =
                    switch (op) {
                        case EQUAL -> order == 0;
                        case NOT_EQUAL -> order != 0;
                        case LESS -> order < 0;
                        case LESS_EQUAL -> order <= 0;
                        case GREATER -> order > 0;
                        case GREATER_EQUAL -> order >= 0;
                        default ->
                                throw new IllegalStateException(
                                        "not a predicate of integers: " + op);
                    };
            c[i] = (byte) (holds ? 1 : 0);
        }
    }
}
