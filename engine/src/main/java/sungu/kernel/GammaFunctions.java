package sungu.kernel;

import static sungu.kernel.SpecialFunctions.polynomial;

/** The logarithm of the gamma function and its first two derivatives. */
final class GammaFunctions {
    /**
     * DLMF 5.7.3 shifted by one: log gamma(2 + z) = z ((1 - Euler's gamma) + sum over k from 2 of
     * (-1)^k (zeta(k) - 1) z^(k-1) / k), used for z from -0.5 to 0.5, where its terms shrink
     * fourfold.
     */
    private static final double[] LGAMMA_AT_2 = {
        0.42278433509846713, 0.3224670334241132, -0.0673523010531981, 0.020580808427784546,
                -0.007385551028673986,
        0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425,
                -0.00022315475845357939, 9.945751278180853e-05,
        -4.492623673813314e-05, 2.050721277567069e-05, -9.439488275268397e-06,
                4.374866789907488e-06, -2.039215753801366e-06,
        9.55141213040742e-07, -4.492469198764566e-07, 2.1207184805554665e-07,
                -1.0043224823968099e-07, 4.7698101693639804e-08,
        -2.2711094608943164e-08, 1.0838659214896955e-08, -5.183475041970047e-09,
                2.4836745438024785e-09, -1.1921401405860912e-09,
        5.731367241678862e-10, -2.7595228851242334e-10, 1.330476437424449e-10
    };

    /** B(2k) / (2k (2k - 1)), the coefficients of Stirling's series, DLMF 5.11.1. */
    private static final double[] STIRLING = {
        1.0 / 12,
        -1.0 / 360,
        1.0 / 1260,
        -1.0 / 1680,
        1.0 / 1188,
        -691.0 / 360360,
        1.0 / 156,
        -3617.0 / 122400
    };

    /** B(2k) / (2k), the coefficients of the series of digamma, DLMF 5.11.2. */
    private static final double[] DIGAMMA_SERIES = {
        1.0 / 12,
        -1.0 / 120,
        1.0 / 252,
        -1.0 / 240,
        1.0 / 132,
        -691.0 / 32760,
        1.0 / 12,
        -3617.0 / 8160
    };

    /** The Bernoulli numbers B(2k), the coefficients of the series of trigamma, DLMF 5.15.8. */
    private static final double[] BERNOULLI = {
        1.0 / 6,
        -1.0 / 30,
        1.0 / 42,
        -1.0 / 30,
        5.0 / 66,
        -691.0 / 2730,
        7.0 / 6,
        -3617.0 / 510,
        43867.0 / 798
    };

    /**
     * digamma(x) / (x - root) on 1 to 2 in powers of x - 1.5, interpolated at Chebyshev nodes with
     * 50 digits for this file. Dividing by the distance to the root keeps the relative error small
     * beside it.
     */
    private static final double[] DIGAMMA_1_2 = {
        0.951055876031833,
        -0.4236274212814605,
        0.2405424842407742,
        -0.14840492305390884,
        0.09498872445494122,
        -0.061922133273064534,
        0.04076083381242074,
        -0.02697579675613825,
        0.0179072524394512,
        -0.011908218001568644,
        0.007926944646403797,
        -0.005279964873257405,
        0.003519006401502276,
        -0.002345267632540769,
        0.0015566317474486838,
        -0.0010376374098418604,
        0.0007233266279287554,
        -0.0004821990530566789,
        0.0002272331660987376,
        -0.00015148586836773365,
        0.00025968482126430747,
        -0.00017312261802727394
    };

    private static final double DIGAMMA_ROOT = 1.4616321449683622;
    private static final double DIGAMMA_ROOT_REST = 9.549995429965697e-17;
    private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

    private GammaFunctions() {}

    /** The logarithm of the absolute value of the gamma function; infinite at its poles. */
    static double lgamma(double x) {
        if (x <= 0) {
            if (x == Math.floor(x)) {
                return Double.POSITIVE_INFINITY;
            }
            // Reflection, DLMF 5.5.3.
            return x > -1e-20
                    ? -Math.log(-x)
                    : Math.log(Math.PI / Math.abs(x * sinPi(x))) - lgamma(-x);
        }
        if (x < 0.5) {
            return x * polynomial(x, LGAMMA_AT_2) - Math.log1p(x) - Math.log(x);
        }
        if (x < 1.5) {
            double z = x - 1;
            return z * polynomial(z, LGAMMA_AT_2) - Math.log1p(z);
        }
        if (x < 10) {
            double product = 1;
            while (x > 2.5) {
                x -= 1;
                product *= x;
            }
            double z = x - 2;
            return z * polynomial(z, LGAMMA_AT_2) + Math.log(product);
        }
        return (x - 0.5) * (Math.log(x) - 1) + (HALF_LOG_TWO_PI - 0.5) + stirlingError(x);
    }

    /** log gamma(x) - ((x - 1/2) log(x) - x + log(2 pi) / 2) for x of 10 or more, DLMF 5.11.1. */
    static double stirlingError(double x) {
        return polynomial(1 / (x * x), STIRLING) / x;
    }

    /** The derivative of {@link #lgamma}; NaN at its poles, as in TensorFlow. */
    static double digamma(double x) {
        if (x <= 0) {
            if (x == Math.floor(x)) {
                return Double.NaN;
            }
            // Reflection, DLMF 5.5.4.
            return digamma(1 - x) - Math.PI / Math.tan(Math.PI * (x - Math.rint(x)));
        }
        if (x < 1) {
            return digamma12(x + 1) - 1 / x;
        }
        if (x < 10) {
            // The recurrence, DLMF 5.5.2.
            double sum = 0;
            while (x > 2) {
                x -= 1;
                sum += 1 / x;
            }
            return sum + digamma12(x);
        }
        double square = 1 / (x * x);
        return Math.log(x) - 0.5 / x - square * polynomial(square, DIGAMMA_SERIES);
    }

    private static double digamma12(double x) {
        return ((x - DIGAMMA_ROOT) - DIGAMMA_ROOT_REST) * polynomial(x - 1.5, DIGAMMA_1_2);
    }

    /** The derivative of {@link #digamma}; infinite at its poles, as TensorFlow's polygamma is. */
    static double trigamma(double x) {
        if (x <= 0) {
            if (x == Math.floor(x)) {
                return Double.POSITIVE_INFINITY;
            }
            // Reflection, DLMF 5.15.6.
            double sine = sinPi(x);
            return Math.PI / sine * (Math.PI / sine) - trigamma(1 - x);
        }
        if (x == Double.POSITIVE_INFINITY) {
            return 0;
        }
        // The recurrence, DLMF 5.15.5.
        double sum = 0;
        while (x < 10) {
            sum += 1 / (x * x);
            x += 1;
        }
        double square = 1 / (x * x);
        return sum + (1 + (0.5 + polynomial(square, BERNOULLI) / x) / x) / x;
    }

    /** sin(pi x), exact at the integers. */
    static double sinPi(double x) {
        double whole = Math.rint(x);
        double sine = Math.sin(Math.PI * (x - whole));
        return whole % 2 == 0 ? sine : -sine;
    }
}
