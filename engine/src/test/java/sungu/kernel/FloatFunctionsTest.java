package sungu.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static sungu.primitive.Pointwise.*;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import sungu.primitive.Pointwise;

import java.util.Arrays;
import java.util.Random;
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
                ACOSH, ATANH, SIGMOID, SOFTPLUS, ERF, ERFC, RSQRT, ERFINV, LGAMMA, DIGAMMA);
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

    @ParameterizedTest
    @EnumSource(names = {"POWER", "ATAN2"})
    void functionsOfTwoAreWithinTwoUnitsInTheLastPlace(Pointwise op) {
        var special =
                new float[] {
                    0,
                    1,
                    2,
                    3,
                    0.5f,
                    1.5f,
                    127,
                    150,
                    0x1.fffffep23f,
                    0x1p24f,
                    0x1p25f,
                    3e9f,
                    1e-20f,
                    Float.MIN_VALUE,
                    Float.MIN_NORMAL,
                    Math.nextDown(Float.MIN_NORMAL),
                    Math.nextUp(1f),
                    Math.nextDown(1f),
                    Float.MAX_VALUE,
                    Float.POSITIVE_INFINITY,
                    Float.NaN
                };
        int all = 2 * special.length;
        var x = new float[all * all];
        var y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = special[i % all / 2] * (1 - 2 * (i % 2));
            y[i] = special[i / all / 2] * (1 - 2 * (i / all % 2));
        }
        checkPairs(op, x, y);
        var random = new Random(5);
        for (int k = 0; k < 100; k++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = Float.intBitsToFloat(random.nextInt());
                // Powers from 2^-160 to 2^140 of half of the bases, angles near the axes, or any.
                double size = Math.log(Math.abs(x[i])) / Math.log(2);
                y[i] =
                        switch (i % 4) {
                            case 0 -> (float) ((random.nextDouble() * 300 - 160) / size);
                            case 1 -> (float) (x[i] * random.nextGaussian());
                            case 2 -> random.nextInt(60) - 30;
                            default -> Float.intBitsToFloat(random.nextInt());
                        };
            }
            checkPairs(op, x, y);
        }
    }

    private static void checkPairs(Pointwise op, float[] x, float[] y) {
        var results = new float[x.length];
        var one = new float[1];
        FloatLoops.binary(op, x, y, results, 0, x.length);
        var reference = SpecialFunctions.binary(op);
        for (int i = 0; i < x.length; i++) {
            double expected = reference.applyAsDouble(x[i], y[i]);
            float got = results[i];
            var call = op + " of " + x[i] + ", " + y[i];
            assertTrue(
                    distance(got, expected) <= LIMIT,
                    () -> call + ": expected " + expected + ", got " + got);
            FloatLoops.binary(op, new float[] {x[i]}, new float[] {y[i]}, one, 0, 1);
            assertEquals(got, one[0], call);
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
