package sungu.kernel;

import sungu.primitive.Pointwise;
import sungu.tensor.TensorException;

/** Scalar instructions over {@code int[]}; overflow wraps. */
final class IntLoops {
    private IntLoops() {}

    static void unary(Pointwise op, int[] a, int[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = unary(op, a[i]);
        }
    }

    private static int unary(Pointwise op, int x) {
        return switch (op) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Integer.signum(x);
            case FLOOR, CEIL, ROUND, TRUNCATE -> x;
            case BITWISE_NOT -> ~x;
            case LOGICAL_NOT -> x ^ 1;
            default -> throw new TensorException(op.label() + ": does not take integers");
        };
    }

    static void binary(Pointwise op, int[] a, int[] b, int[] c, int from, int to) {
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
                    c[i] = signed(op, a[i], b[i]);
                }
            }
        }
    }

    private static int signed(Pointwise op, int x, int y) {
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

    private static int bits(Pointwise op, int x, int y) {
        return switch (op) {
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            default -> throw new TensorException(op.label() + ": does not take integers");
        };
    }

    private static int divisor(Pointwise op, int y) {
        if (y == 0) {
            throw new TensorException(op.label() + ": integer division by zero");
        }
        return y;
    }

    /** Repeated squaring; a negative exponent gives 0 but for the bases 1 and -1. */
    private static int power(int x, int y) {
        if (y < 0) {
            return x == 1 ? 1 : x == -1 ? ((y & 1) == 0 ? 1 : -1) : 0;
        }
        int result = 1;
        for (int base = x, exponent = y; exponent != 0; exponent >>= 1, base *= base) {
            if ((exponent & 1) != 0) {
                result *= base;
            }
        }
        return result;
    }

    static void predicate(Pointwise op, int[] a, int[] b, byte[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            int order = Integer.compare(a[i], b[i]);
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
