package sungu.kernel;

/**
 * The regularized incomplete gamma function and its derivative by the first argument: by its series
 * below the mode and by a continued fraction above, both with a factor that keeps its digits for
 * large arguments.
 */
final class IncompleteGamma {
    private static final double EPSILON = 0x1p-53;
    private static final int MOST_TERMS = 100_000;

    /**
     * Above this, Temme's expansion needs three terms only and the series would need many
     * thousands.
     */
    private static final double LARGE = 1e6;

    /**
     * c0 and c1 of DLMF 8.12.7 in powers of eta, for the small eta at which P is neither 0 nor 1
     * when a is {@link #LARGE}.
     */
    private static final double[] TEMME_0 = {
        -1.0 / 3,
        1.0 / 12,
        -2.0 / 135,
        1.0 / 864,
        1.0 / 2835,
        -139.0 / 777600,
        1.0 / 25515,
        -571.0 / 261273600
    };

    private static final double[] TEMME_1 = {
        -1.0 / 540, -1.0 / 288, 25.0 / 9450, -0.000990226364340198
    };
    private static final double TEMME_2 = 25.0 / 6048;

    private IncompleteGamma() {}

    /** P(a, x), DLMF 8.2.4. */
    static double lower(double a, double x) {
        double special = special(a, x);
        if (special == special) {
            return special;
        }
        if (!(x >= 0 && a > 0)) {
            return Double.NaN;
        }
        if (a > LARGE) {
            return temme(a, x);
        }
        if (x < a + 1) {
            return factor(a, x) * series(a, x)[0];
        }
        return 1 - a * factor(a, x) * fraction(a, x)[0];
    }

    /**
     * The derivative of {@link #lower} by a, by differentiating the series and the fraction term by
     * term.
     */
    static double lowerGradientA(double a, double x) {
        double special = special(a, x);
        if (special == special) {
            return 0;
        }
        if (!(x >= 0 && a > 0)) {
            return Double.NaN;
        }
        double factor = factor(a, x);
        if (factor == 0) {
            return 0;
        }
        if (x < a + 1) {
            var sum = series(a, x);
            return factor * (sum[0] * (Math.log(x) - GammaFunctions.digamma(a + 1)) + sum[1]);
        }
        var fraction = fraction(a, x);
        return -a
                * factor
                * (fraction[0] * (Math.log(x) - GammaFunctions.digamma(a)) + fraction[1]);
    }

    /** The value at the borders of the domain as in TensorFlow, else NaN. */
    private static double special(double a, double x) {
        if (a != a || x != x || a < 0 || x < 0) {
            return Double.NaN;
        }
        if (x == 0 || a == Double.POSITIVE_INFINITY) {
            return 0;
        }
        return x == Double.POSITIVE_INFINITY && a > 0 ? 1 : Double.NaN;
    }

    /**
     * x^a exp(-x) / gamma(a + 1), for large a by the deviance of C. Loader, "Fast and accurate
     * computation of binomial probabilities" (2000), in which nothing large cancels.
     */
    static double factor(double a, double x) {
        if (a < 10) {
            return Math.exp(a * Math.log(x) - x - GammaFunctions.lgamma(a + 1));
        }
        double d = (x - a) / a;
        double deviance = d < -0.5 ? a * Math.log(a / x) + (x - a) : a * minusLog1p(d);
        return Math.exp(-deviance - GammaFunctions.stirlingError(a)) / Math.sqrt(2 * Math.PI * a);
    }

    /** d - log(1 + d) without cancellation, by DLMF 4.6.4 in v = d / (2 + d). */
    private static double minusLog1p(double d) {
        if (Math.abs(d) > 0.5) {
            return d - Math.log1p(d);
        }
        double v = d / (2 + d);
        double square = v * v;
        double sum = 0;
        double power = square;
        for (int k = 3; power > EPSILON * 1e-3; k += 2) {
            sum += power / k;
            power *= square;
        }
        return v * (d - 2 * sum);
    }

    /** The sum over n of x^n / ((a + 1) ... (a + n)), DLMF 8.11.4, and its derivative by a. */
    private static double[] series(double a, double x) {
        double term = 1;
        double sum = 1;
        double reciprocals = 0;
        double derivative = 0;
        for (int n = 1; n < MOST_TERMS && term * Math.max(1, reciprocals) > EPSILON * sum; n++) {
            term *= x / (a + n);
            sum += term;
            reciprocals += 1 / (a + n);
            derivative -= term * reciprocals;
        }
        return new double[] {sum, derivative};
    }

    /**
     * The continued fraction of gamma(a, x) x^-a exp(x), DLMF 8.9.2, by Lentz's method (DLMF
     * 3.10(iii)), and its derivative by a.
     */
    private static double[] fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1e300;
        double cSlope = 0;
        double d = 1 / b;
        double dSlope = d * d;
        double value = d;
        double slope = dSlope;
        for (int n = 1; n < MOST_TERMS; n++) {
            double numerator = -n * (n - a);
            b += 2;
            double inner = numerator * d + b;
            double innerSlope = n * d + numerator * dSlope - 1;
            d = 1 / inner;
            dSlope = -innerSlope * d * d;
            cSlope = -1 + n / c - numerator * cSlope / (c * c);
            c = b + numerator / c;
            double ratio = c * d;
            double ratioSlope = cSlope * d + c * dSlope;
            slope = slope * ratio + value * ratioSlope;
            value *= ratio;
            if (Math.abs(ratio - 1) <= EPSILON * 2
                    && Math.abs(value * ratioSlope) <= EPSILON * 2 * Math.abs(slope)) {
                break;
            }
        }
        return new double[] {value, slope};
    }

    /** Temme's uniform expansion for large a, DLMF 8.12.3 to 8.12.7. */
    private static double temme(double a, double x) {
        double d = (x - a) / a;
        double half = d < -0.5 ? Math.log(a / x) + d : minusLog1p(d);
        double eta = Math.copySign(Math.sqrt(2 * half), d);
        if (Math.abs(eta) > 0.05) {
            return eta < 0 ? 0 : 1;
        }
        double sum =
                SpecialFunctions.polynomial(eta, TEMME_0)
                        + (SpecialFunctions.polynomial(eta, TEMME_1) + TEMME_2 / a) / a;
        return 0.5 * ErrorFunctions.erfc(-eta * Math.sqrt(a / 2))
                - Math.exp(-a * half) / Math.sqrt(2 * Math.PI * a) * sum;
    }
}
