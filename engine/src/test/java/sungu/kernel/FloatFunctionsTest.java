package sungu.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static sungu.primitive.Pointwise.*;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import sungu.primitive.Pointwise;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/**
 * Functions of float32 against those of doubles. With {@code -Dsungu.exhaustive=true} all 2^32
 * arguments are tried, else every 6007th and those around the edges.
 */
class FloatFunctionsTest {
    private static final long STEP = Boolean.getBoolean("sungu.exhaustive") ? 1 : 6007;
    private static final int BLOCK = 1024;
    private static final int LIMIT = 2;

    private static Stream<Pointwise> functions() {
        return Stream.of(
                EXP, EXPM1, LOG, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, ASINH,
                ACOSH, ATANH, SIGMOID, SOFTPLUS, ERF, ERFC, RSQRT);
    }

    @ParameterizedTest
    @MethodSource("functions")
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
    @MethodSource("functions")
    void functionsAreWithinTwoUnitsAroundTheEdges(Pointwise op) {
        var edges =
                new float[] {
                    0,
                    0.5f,
                    0.625f,
                    1,
                    4,
                    8.664f,
                    9.01f,
                    10,
                    10.06f,
                    30,
                    60,
                    87.33655f,
                    88.37626f,
                    88.72284f,
                    89.41599f,
                    90,
                    103.97208f,
                    106,
                    4096
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
        around(Float.floatToRawIntBits(FloatCircular.MOST_QUARTERS * (float) (Math.PI / 2)), x);
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
        for (var op : functions().toList()) {
            var all = new float[x.length];
            FloatLoops.unary(op, x, all, 0, x.length);
            for (int[] range :
                    new int[][] {{0, 5}, {1, 3}, {7, 1040}, {1023, 3000}, {2990, 3000}}) {
                var part = x.clone();
                FloatLoops.unary(op, part, part, range[0], range[1]);
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
        FloatLoops.unary(op, x, y, 0, x.length);
        var reference = reference(op);
        for (int i = 0; i < x.length; i++) {
            double expected = reference.applyAsDouble(x[i]);
            float at = x[i];
            float got = y[i];
            assertTrue(
                    distance(got, expected) <= LIMIT,
                    () -> op + " of " + at + ": expected " + expected + ", got " + got);
        }
    }

    /**
     * The distance of a float from a true value in units in the last place of that value; infinite
     * where one is NaN, or a zero has the other sign. Infinity counts as 2^128.
     */
    private static double distance(float y, double expected) {
        float rounded = (float) expected;
        if (Float.compare(y, rounded) == 0 && !Float.isFinite(y)) {
            return 0;
        }
        if (Float.isNaN(y) != Float.isNaN(rounded)
                || y == rounded && Float.compare(y, rounded) != 0) {
            return Double.POSITIVE_INFINITY;
        }
        int exponent = Math.clamp(Math.getExponent(expected), -126, 127);
        double limited = Math.clamp(expected, -0x1p128, 0x1p128);
        return Math.abs(Math.clamp(y, -0x1p128, 0x1p128) - limited)
                / Math.scalb(1.0, exponent - 23);
    }

    private static DoubleUnaryOperator reference(Pointwise op) {
        return switch (op) {
            case EXP -> StrictMath::exp;
            case TAN -> StrictMath::tan;
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
