package sungu.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sungu.primitive.Pointwise;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Functions of float32 against those of doubles, rounded. With {@code -Dsungu.exhaustive=true} all
 * 2^32 arguments are tried, else every 6007th and those around the edges.
 */
class FloatFunctionsTest {
    private static final long STEP = Boolean.getBoolean("sungu.exhaustive") ? 1 : 6007;
    private static final int BLOCK = 1024;
    private static final int LIMIT = 2;

    @ParameterizedTest
    @EnumSource(
            value = Pointwise.class,
            names = {"EXP", "EXPM1", "LOG", "LOG1P", "SIN", "COS", "TANH", "SIGMOID", "ERF"})
    void functionsAreWithinTwoUnitsInTheLastPlace(Pointwise op) {
        var x = new float[BLOCK];
        int n = 0;
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STEP) {
            x[n++] = Float.intBitsToFloat((int) bits);
            if (n == BLOCK) {
                check(op, x);
                n = 0;
            }
        }
        check(op, Arrays.copyOf(x, n));
    }

    @ParameterizedTest
    @EnumSource(
            value = Pointwise.class,
            names = {"EXP", "EXPM1", "LOG", "LOG1P", "SIN", "COS", "TANH", "SIGMOID", "ERF"})
    void functionsAreWithinTwoUnitsAroundTheEdges(Pointwise op) {
        var edges =
                new float[] {
                    0, 1, 4, 10, 30, 60, 87.33655f, 88.37626f, 88.72284f, 90, 103.97208f, 106
                };
        var x = new float[2 * 401];
        for (float edge : edges) {
            around(Float.floatToRawIntBits(edge), x);
            check(op, x);
        }
        for (int exponent = 0; exponent < 256; exponent++) {
            around(exponent << 23, x);
            check(op, x);
        }
        around(Float.floatToRawIntBits(FloatMath.MOST_QUARTERS * (float) (Math.PI / 2)), x);
        check(op, x);
    }

    /** Neighbours of a number, of both signs. */
    private static void around(int bits, float[] x) {
        for (int i = 0; i < x.length / 2; i++) {
            x[2 * i] = Float.intBitsToFloat(bits + i - x.length / 4);
            x[2 * i + 1] = -x[2 * i];
        }
    }

    @Test
    void resultsDoNotDependOnPlaceOrLength() {
        var x = new float[3000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.sin(i) * 20;
        }
        for (var op : new Pointwise[] {Pointwise.EXP, Pointwise.LOG, Pointwise.ERF}) {
            var all = new float[x.length];
            FloatFunctions.run(op, x, all, 0, x.length);
            for (int[] range :
                    new int[][] {{0, 5}, {1, 3}, {7, 1040}, {1023, 3000}, {2990, 3000}}) {
                var part = x.clone();
                FloatFunctions.run(op, part, part, range[0], range[1]);
                for (int i = range[0]; i < range[1]; i++) {
                    assertEquals(all[i], part[i], op + " of " + x[i]);
                }
                if (range[1] < x.length) {
                    assertEquals(x[range[1]], part[range[1]]);
                }
            }
        }
    }

    private static void check(Pointwise op, float[] x) {
        var y = new float[x.length];
        FloatFunctions.run(op, x, y, 0, x.length);
        var reference = reference(op);
        for (int i = 0; i < x.length; i++) {
            float expected = (float) reference.applyAsDouble(x[i]);
            boolean signed = y[i] != 0 || expected != 0 || 1 / y[i] == 1 / expected;
            float at = x[i];
            float got = y[i];
            assertTrue(
                    signed && Math.abs((long) order(got) - order(expected)) <= LIMIT,
                    () -> op + " of " + at + ": expected " + expected + ", got " + got);
        }
    }

    /** Neighbouring floats are neighbouring ints, -0 and 0 the same one; all NaN are one. */
    private static int order(float x) {
        int bits = Float.floatToIntBits(x);
        return bits < 0 ? Integer.MIN_VALUE - bits : bits;
    }

    private static DoubleUnaryOperator reference(Pointwise op) {
        return switch (op) {
            case EXP -> StrictMath::exp;
            case EXPM1 -> StrictMath::expm1;
            case LOG -> StrictMath::log;
            case LOG1P -> StrictMath::log1p;
            case SIN -> StrictMath::sin;
            case COS -> StrictMath::cos;
            case TANH -> StrictMath::tanh;
            default -> SpecialFunctions.unary(op);
        };
    }
}
