package sungu.kernel;

/**
 * The error function, its complement and its inverse. The coefficients are interpolations at
 * Chebyshev nodes, made with 50 digits for this file; their truncation errors are below 2e-17.
 */
final class ErrorFunctions {
    /** erf(x) / x on 0 to 1, in powers of x^2. */
    private static final double[] CENTRE = {
        1.1283791670955126, -0.37612638903183754, 0.1128379167095512, -0.02686617064512984,
                0.0052239776254232985,
        -0.000854832702193483, 0.00012055332902888736, -1.4925647567519332e-05,
                1.6462045441468418e-06, -1.6364642158167616e-07,
        1.4792401209404813e-08, -1.216456005728345e-09, 8.709045129053106e-11,
                -4.230945824295338e-12
    };

    /**
     * (1 + 2x) exp(x^2) erfc(x) for x from 0.5 to infinity, in powers of (17 t - 2) / 15 where t =
     * (x - 3.75) / (x + 3.75): the form of M. Shepherd and J. Laframboise, "Chebyshev approximation
     * of (1+2x)exp(x^2)erfc x in 0 <= x < infinity", Math. Comp. 36 (1981).
     */
    private static final double[] TAIL = {
        1.2211784257075968, -0.120536764811857, 0.019413629415209303, 0.028932667379785195,
                -0.03952116335240597,
        0.031165502863137372, -0.018340273618542874, 0.008370971289861794, -0.0028573580197737455,
                0.0006163684426119216,
        -7.55085434170573e-06, -5.046254732315764e-05, 1.5886613262441595e-05,
                7.161021655598114e-07, -1.8128738143430171e-06,
        2.9087076897927183e-07, 1.560031998575301e-07, -5.7666030805603756e-08,
                -1.20986154247664e-08, 8.372454885962254e-09,
        8.646881977916004e-10, -1.019240811046007e-09, -4.578030635174483e-11, 7.849648224921883e-11
    };

    /**
     * A first guess of erfinv(x) / x for w = -log(1 - x^2) from 0 to 5, in powers of w / 2.5 - 1;
     * good to 1e-7.
     */
    private static final double[] INVERSE_CENTRE = {
        1.501409360450329, 0.6166006976365915, -0.02610870547001968, -0.019573849871456703,
                0.008529272899990876,
        -0.00048558786029831555, -0.0008456995282308036, 0.00028572469974080887,
                3.560786010087296e-05, -3.407259357545556e-05
    };

    /**
     * A first guess of erfinv(x) for w from 5 up, in powers of (sqrt(w) - 4.218) / 1.982; good to
     * 1e-6.
     */
    private static final double[] INVERSE_TAIL = {
        4.0599391570122965,
        2.001643479683964,
        0.003034056021110293,
        -0.004851798869487202,
        0.003284203536769392,
        -0.002086414387731019,
        0.0011391108299339161,
        -0.00019575695428706284,
        -9.140590052916585e-05
    };

    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

    private ErrorFunctions() {}

    /** DLMF 7.2.1. */
    static double erf(double x) {
        double a = Math.abs(x);
        if (a < 1) {
            return x * SpecialFunctions.polynomial(x * x, CENTRE);
        }
        return a < 6 ? Math.copySign(1 - tail(a), x) : x != x ? x : Math.copySign(1, x);
    }

    /** DLMF 7.2.2. */
    static double erfc(double x) {
        if (Math.abs(x) < 0.5) {
            return 1 - x * SpecialFunctions.polynomial(x * x, CENTRE);
        }
        return x > 0 ? tail(x) : x < -6 ? 2 : x != x ? x : 2 - tail(-x);
    }

    /** erfc(x) for x of 0.5 and more. */
    private static double tail(double x) {
        if (x > 28) {
            return 0;
        }
        double t = (x - 3.75) / (x + 3.75);
        double scaled = SpecialFunctions.polynomial((17 * t - 2) / 15, TAIL) / (1 + 2 * x);
        // The square of a float is exact, so that exp(-x^2) loses no digits.
        double head = (float) x;
        return Math.exp(-head * head) * Math.exp(-(x - head) * (x + head)) * scaled;
    }

    /**
     * The inverse of {@link #erf}: a guess, and one step of Halley's method (DLMF 3.8.10) with erf
     * or, near 1, with erfc.
     */
    static double erfinv(double x) {
        double a = Math.abs(x);
        if (!(a < 1)) {
            return a == 1 ? x * Double.POSITIVE_INFINITY : Double.NaN;
        }
        double w = -Math.log1p(-a * a);
        double y =
                w < 5
                        ? a * SpecialFunctions.polynomial(w / 2.5 - 1, INVERSE_CENTRE)
                        : SpecialFunctions.polynomial(
                                (Math.sqrt(-Math.log((1 - a) * (1 + a))) - 4.2180339887498945)
                                        / 1.9819660112501052,
                                INVERSE_TAIL);
        double error = a < 0.5 ? erf(y) - a : (1 - a) - erfc(y);
        double slope = TWO_OVER_ROOT_PI * Math.exp(-y * y);
        return Math.copySign(y - error / (slope + y * error), x);
    }
}
