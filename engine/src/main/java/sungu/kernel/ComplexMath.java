package sungu.kernel;

/**
 * Elementary functions of complex numbers in pairs of doubles. Branch cuts and the formulas of the
 * inverse functions are those of W. Kahan, "Branch cuts for complex elementary functions, or much
 * ado about nothing's sign bit" (1987), as in C99 annex G; the others are DLMF 4.21.37 to 4.21.41
 * and 4.35.34 to 4.35.36.
 */
final class ComplexMath {
    /**
     * A function of one complex number: it writes its result to {@code out[at]} and {@code out[at +
     * 1]}.
     */
    interface Unary {
        void apply(double x, double y, double[] out, int at);
    }

    /**
     * A function of two complex numbers: it writes its result to {@code out[at]} and {@code out[at
     * + 1]}.
     */
    interface Binary {
        void apply(double x, double y, double u, double v, double[] out, int at);
    }

    private static final double HUGE = 1e150;

    private ComplexMath() {}

    private static void set(double[] out, int at, double re, double im) {
        out[at] = re;
        out[at + 1] = im;
    }

    /**
     * A quotient, the divisor scaled near 1 so that its square neither overflows nor vanishes; by
     * zero it is NaN, as in TensorFlow.
     */
    static void divide(double x, double y, double u, double v, double[] out, int at) {
        int exponent = Math.getExponent(Math.max(Math.abs(u), Math.abs(v)));
        double a = Math.scalb(u, -exponent);
        double b = Math.scalb(v, -exponent);
        double square = a * a + b * b;
        set(
                out,
                at,
                Math.scalb((x * a + y * b) / square, -exponent),
                Math.scalb((y * a - x * b) / square, -exponent));
    }

    /** exp(w log(z)); 0 to a power with a positive real part is 0. */
    static void power(double x, double y, double u, double v, double[] out, int at) {
        if (x == 0 && y == 0 && u > 0) {
            set(out, at, 0, 0);
        } else if (u == 0 && v == 0 && (x != 0 || y != 0)) {
            set(out, at, 1, 0);
        } else {
            double angle = Math.atan2(y, x);
            double size = logAbs(x, y);
            exp(u * size - v * angle, u * angle + v * size, out, at);
        }
    }

    /** z / |z|, and 0 at 0. */
    static void sign(double x, double y, double[] out, int at) {
        double size = Math.hypot(x, y);
        if (size == 0) {
            set(out, at, 0, 0);
        } else {
            set(out, at, x / size, y / size);
        }
    }

    static void sqrt(double x, double y, double[] out, int at) {
        if (Double.isInfinite(y)) {
            set(out, at, Double.POSITIVE_INFINITY, y);
        } else if (x == 0 && y == 0) {
            set(out, at, 0, y);
        } else if (Math.abs(x) > HUGE || Math.abs(y) > HUGE) {
            if (Double.isInfinite(x)) {
                double other = y != y ? y : 0;
                set(
                        out,
                        at,
                        x > 0 ? x : other,
                        x > 0
                                ? Math.copySign(other, y)
                                : Math.copySign(Double.POSITIVE_INFINITY, y));
                return;
            }
            root(x * 0x1p-200, y * 0x1p-200, out, at);
            set(out, at, out[at] * 0x1p100, out[at + 1] * 0x1p100);
        } else if (Math.abs(x) < 1e-150 && Math.abs(y) < 1e-150) {
            root(x * 0x1p400, y * 0x1p400, out, at);
            set(out, at, out[at] * 0x1p-200, out[at + 1] * 0x1p-200);
        } else {
            root(x, y, out, at);
        }
    }

    private static void root(double x, double y, double[] out, int at) {
        double t = Math.sqrt((Math.abs(x) + Math.hypot(x, y)) / 2);
        if (x >= 0) {
            set(out, at, t, y / (2 * t));
        } else {
            set(out, at, Math.abs(y) / (2 * t), Math.copySign(t, y));
        }
    }

    static void rsqrt(double x, double y, double[] out, int at) {
        sqrt(x, y, out, at);
        divide(1, 0, out[at], out[at + 1], out, at);
    }

    static void exp(double x, double y, double[] out, int at) {
        if (y == 0 || x == Double.NEGATIVE_INFINITY) {
            set(out, at, Math.exp(x), y == 0 ? y : 0);
        } else if (x > 700) {
            double half = Math.exp(x / 2);
            set(out, at, half * Math.cos(y) * half, half * Math.sin(y) * half);
        } else {
            double size = Math.exp(x);
            set(out, at, size * Math.cos(y), size * Math.sin(y));
        }
    }

    /** exp(z) - 1, with cos(y) - 1 written as -2 sin^2(y / 2). */
    static void expm1(double x, double y, double[] out, int at) {
        if (y == 0) {
            set(out, at, Math.expm1(x), y);
        } else {
            double sine = Math.sin(y / 2);
            set(out, at, Math.expm1(x) * Math.cos(y) - 2 * sine * sine, Math.exp(x) * Math.sin(y));
        }
    }

    static void log(double x, double y, double[] out, int at) {
        set(out, at, logAbs(x, y), Math.atan2(y, x));
    }

    private static double logAbs(double x, double y) {
        double a = Math.max(Math.abs(x), Math.abs(y));
        double b = Math.min(Math.abs(x), Math.abs(y));
        return a > 0.5 && a < 1.5
                ? 0.5 * Math.log1p(Math.fma(b, b, (a - 1) * (a + 1)))
                : Math.log(Math.hypot(a, b));
    }

    static void log1p(double x, double y, double[] out, int at) {
        boolean small = Math.abs(x) < 0.5 && Math.abs(y) < 0.5;
        set(
                out,
                at,
                small ? 0.5 * Math.log1p(Math.fma(y, y, x * (2 + x))) : logAbs(1 + x, y),
                Math.atan2(y, 1 + x));
    }

    static void sinh(double x, double y, double[] out, int at) {
        if (y == 0) {
            set(out, at, Math.sinh(x), y);
        } else if (Math.abs(x) > 700) {
            exp(Math.abs(x) - Math.log(2), y, out, at);
            out[at] = Math.copySign(1, x) * out[at];
        } else {
            set(out, at, Math.sinh(x) * Math.cos(y), Math.cosh(x) * Math.sin(y));
        }
    }

    static void cosh(double x, double y, double[] out, int at) {
        if (y == 0) {
            set(out, at, Math.cosh(x), Math.signum(x) * y);
        } else if (Math.abs(x) > 700) {
            exp(Math.abs(x) - Math.log(2), y, out, at);
            out[at + 1] = Math.copySign(1, x) * out[at + 1];
        } else {
            set(out, at, Math.cosh(x) * Math.cos(y), Math.sinh(x) * Math.sin(y));
        }
    }

    static void tanh(double x, double y, double[] out, int at) {
        if (Math.abs(x) > 20) {
            double imaginary =
                    Double.isInfinite(y)
                            ? 0
                            : 4 * Math.sin(y) * Math.cos(y) * Math.exp(-2 * Math.abs(x));
            set(out, at, Math.copySign(1, x), imaginary);
        } else {
            double t = Math.tan(y);
            double s = Math.sinh(x);
            double beta = 1 + t * t;
            double divisor = 1 + beta * s * s;
            set(out, at, beta * Math.sqrt(1 + s * s) * s / divisor, t / divisor);
        }
    }

    // The circular functions are the hyperbolic ones turned by a right angle: f(z) = -i fh(i z),
    // cos(z) = cosh(i z).

    static void sin(double x, double y, double[] out, int at) {
        sinh(-y, x, out, at);
        set(out, at, out[at + 1], -out[at]);
    }

    static void cos(double x, double y, double[] out, int at) {
        cosh(-y, x, out, at);
    }

    static void tan(double x, double y, double[] out, int at) {
        tanh(-y, x, out, at);
        set(out, at, out[at + 1], -out[at]);
    }

    static void asinh(double x, double y, double[] out, int at) {
        asin(-y, x, out, at);
        set(out, at, out[at + 1], -out[at]);
    }

    static void atan(double x, double y, double[] out, int at) {
        atanh(-y, x, out, at);
        set(out, at, out[at + 1], -out[at]);
    }

    static void asin(double x, double y, double[] out, int at) {
        sqrt(1 - x, -y, out, at);
        double a = out[at];
        double b = out[at + 1];
        sqrt(1 + x, y, out, at);
        double c = out[at];
        double d = out[at + 1];
        set(out, at, Math.atan2(x, a * c - b * d), SpecialFunctions.asinh(a * d - b * c));
    }

    static void acos(double x, double y, double[] out, int at) {
        sqrt(1 - x, -y, out, at);
        double a = out[at];
        double b = out[at + 1];
        sqrt(1 + x, y, out, at);
        double c = out[at];
        double d = out[at + 1];
        set(out, at, 2 * Math.atan2(a, c), SpecialFunctions.asinh(c * b - d * a));
    }

    static void acosh(double x, double y, double[] out, int at) {
        sqrt(x - 1, y, out, at);
        double a = out[at];
        double b = out[at + 1];
        sqrt(x + 1, y, out, at);
        double c = out[at];
        double d = out[at + 1];
        set(out, at, SpecialFunctions.asinh(a * c + b * d), 2 * Math.atan2(b, c));
    }

    static void atanh(double x, double y, double[] out, int at) {
        double turn = Math.copySign(1, x);
        double a = Math.abs(x);
        double b = turn * y;
        if (a > HUGE || Math.abs(b) > HUGE) {
            double size = Math.hypot(a, b);
            set(
                    out,
                    at,
                    turn * (Double.isInfinite(size) ? 0 : a / size / size),
                    turn * Math.copySign(Math.PI / 2, b));
        } else {
            double distance = (1 - a) * (1 - a) + b * b;
            set(
                    out,
                    at,
                    turn * 0.25 * Math.log1p(4 * a / distance),
                    turn * 0.5 * Math.atan2(2 * b, (1 - a) * (1 + a) - b * b));
        }
    }

    /**
     * 1 / (1 + exp(-z)), written as exp(z) / (1 + exp(z)) on the left, where exp(-z) may overflow.
     */
    static void sigmoid(double x, double y, double[] out, int at) {
        if (x < 0) {
            exp(x, y, out, at);
            double re = out[at];
            double im = out[at + 1];
            divide(re, im, 1 + re, im, out, at);
        } else {
            exp(-x, -y, out, at);
            divide(1, 0, 1 + out[at], out[at + 1], out, at);
        }
    }
}
