package sungu.kernel;

import static sungu.kernel.FloatLogarithms.wideLog;
import static sungu.kernel.SpecialFunctions.polynomial;

import sungu.primitive.Pointwise;

/**
 * Rarer functions of float32, in double arithmetic, which spares them the care of {@link
 * FloatMath}, by polynomials as good as a float needs: minimax fits by Remez's exchange algorithm,
 * made with 30 digits for this file, whose relative errors are below 3e-9. They have branches, and
 * are no vector code. The same functions of doubles serve the arguments that are no positive finite
 * numbers.
 */
final class FloatSpecials {
    /** erfinv(x) / x for w = -log(1 - x^2) from 0 to 5, in powers of w / 2.5 - 1. */
    private static final double[] INVERSE_CENTRE = {
        1.5014093535157897,
        0.6166007190968033,
        -0.02610837108487328,
        -0.019574135619686187,
        0.008526663729017194,
        -0.00048456022961625665,
        -0.0008385240716235043,
        0.0002843556299302738,
        2.7518008296524644e-05,
        -3.3464503824681665e-05,
        3.201722056239784e-06
    };

    /** erfinv(x) for w from 5 to 16.7, in powers of (sqrt(w) - 3.16...) / 0.925.... */
    private static final double[] INVERSE_TAIL = {
        2.9947115110104807,
        0.9295221350859598,
        0.004575992510156473,
        -0.002191289304983581,
        0.0007016000797598326,
        -0.00015960772227056284,
        5.398018084959431e-06,
        2.0563894098998912e-05,
        -8.612243831736282e-06
    };

    private static final double TAIL_MIDDLE = 3.16131566292015;
    private static final double TAIL_SCALE = 1 / 0.9252476854203602;

    /** log gamma(2 + z) / z for z from -1/2 to 1/2. */
    private static final double[] LGAMMA_AT_2 = {
        0.42278433510638264,
        0.322467033661584,
        -0.06735230274696367,
        0.020580789153329112,
        -0.007385491332652166,
        0.0028909443460020346,
        -0.0011935241091606162,
        0.0005057206333058513,
        -0.00021872448914502326,
        0.00011489113851533208,
        -5.62192170833007e-05
    };

    /** digamma(x) / (x - root) for x from 1 to 2, in powers of x - 3/2. */
    private static final double[] DIGAMMA_1_2 = {
        0.9510558754237749,
        -0.42362741937799425,
        0.24054265772827277,
        -0.14840515873315813,
        0.0949807318425593,
        -0.06191411554850204,
        0.04089452390091288,
        -0.027089507518440095,
        0.016910800185173464,
        -0.011145656012930782,
        0.011230264990911966,
        -0.007624749185108424
    };

    private static final double DIGAMMA_ROOT = 1.4616321449683622;

    /** B(2k) / (2k (2k - 1)), the coefficients of Stirling's series, DLMF 5.11.1. */
    private static final double[] STIRLING = {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188
    };

    /** B(2k) / (2k), the coefficients of the series of digamma, DLMF 5.11.2. */
    private static final double[] DIGAMMA_SERIES = {
        1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132
    };

    private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

    private FloatSpecials() {}

    /** Computes {@code c[i] = op(a[i])}; both may be one array. */
    static void run(Pointwise op, float[] a, float[] c, int from, int to) {
        switch (op) {
            case ERFINV -> {
                for (int i = from; i < to; i++) {
                    c[i] = erfinv(a[i]);
                }
            }
            case LGAMMA -> {
                for (int i = from; i < to; i++) {
                    c[i] = lgamma(a[i]);
                }
            }
            case DIGAMMA -> {
                for (int i = from; i < to; i++) {
                    c[i] = digamma(a[i]);
                }
            }
            default -> throw new IllegalArgumentException("no special function: " + op);
        }
    }

    /** In the manner of M. Giles: polynomials in -log(1 - x^2) or, near 1, in its root. */
    private static float erfinv(float x) {
        double a = Math.abs((double) x);
        if (!(a < 1)) {
            return (float) ErrorFunctions.erfinv(x);
        }
        double w = -wideLog((1 - a) * (1 + a));
        return (float)
                (w < 5
                        ? x * polynomial(w * 0.4 - 1, INVERSE_CENTRE)
                        : Math.copySign(
                                polynomial((Math.sqrt(w) - TAIL_MIDDLE) * TAIL_SCALE, INVERSE_TAIL),
                                x));
    }

    /** As {@link GammaFunctions#lgamma}. */
    private static float lgamma(float x) {
        if (!(x > 0 && x <= Float.MAX_VALUE)) {
            return (float) GammaFunctions.lgamma(x);
        }
        if (x >= 6) {
            double rest = polynomial(1 / ((double) x * x), STIRLING) / x;
            return (float) ((x - 0.5) * (wideLog(x) - 1) + (HALF_LOG_TWO_PI - 0.5) + rest);
        }
        // Brought to where 2 + z is from 1.5 to 2.5, by the recurrence, DLMF 5.5.1.
        double y = x;
        if (x < 0.5f) {
            return nearTwo(y, -wideLog(y * (1 + y)));
        }
        if (x < 1.5f) {
            return nearTwo(y - 1, -wideLog(y));
        }
        double product = 1;
        while (y > 2.5) {
            y -= 1;
            product *= y;
        }
        return nearTwo(y - 2, wideLog(product));
    }

    /** log gamma(2 + z) + rest. */
    private static float nearTwo(double z, double rest) {
        return (float) (z * polynomial(z, LGAMMA_AT_2) + rest);
    }

    /** As {@link GammaFunctions#digamma}. */
    private static float digamma(float x) {
        if (!(x > 0 && x <= Float.MAX_VALUE)) {
            return (float) GammaFunctions.digamma(x);
        }
        if (x >= 6) {
            double square = 1 / ((double) x * x);
            double rest = square * polynomial(square, DIGAMMA_SERIES);
            return (float) (wideLog(x) - 0.5 / x - rest);
        }
        double y = x;
        // A sum of reciprocals as one quotient: the recurrence, DLMF 5.5.2, to 1 to 2.
        double numerator = 0;
        double denominator = 1;
        if (x < 1) {
            numerator = -1;
            denominator = y;
            y += 1;
        }
        while (y > 2) {
            y -= 1;
            numerator = numerator * y + denominator;
            denominator *= y;
        }
        double near = (y - DIGAMMA_ROOT) * polynomial(y - 1.5, DIGAMMA_1_2);
        return (float) (near + numerator / denominator);
    }
}
