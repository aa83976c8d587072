package sungu.kernel;

/**
 * Transcendental functions of float32 in float arithmetic, within 2 units in the last place of the
 * true value everywhere. Each is a reduction of the argument with the remainder of a rounded
 * quotient kept in two parts (W. Cody and W. Waite, "Software Manual for the Elementary Functions",
 * 1980), and a polynomial; the polynomials are minimax fits by Remez's exchange algorithm, made
 * with 40 digits for this file, their coefficients rounded to float one after the other, the rest
 * being fitted again after each.
 *
 * <p>These are the definitions. {@link FloatFunctions} computes the same operations in the same
 * order over blocks, so that the bits of a result never depend on where in an array it stands.
 * There are hence no branches here but to exceptional arguments, for which the functions of double
 * are used: what HotSpot turns into vector code has none. A factor of 1 or 0 chooses instead.
 */
final class FloatMath {
    /** Added to a number below 2^22 and taken away again, it leaves the nearest whole one. */
    private static final float ROUNDER = 0x1.8p23f;

    private static final float LOG2_E = 1.442695f;
    private static final float LOG4_E = 0.7213475f;
    private static final float LN2 = 6.931471e-01f;
    private static final float LN2_REST = 5.769999e-08f;
    private static final float LN4 = 1.3862944f;
    private static final float LN4_REST = -3.8093084e-9f;

    /** ln 2 with 9 bits, so that its product with an exponent is exact, and the rest. */
    private static final float LN2_SHORT = 0x1.63p-1f;

    private static final float LN2_SHORT_REST = -2.1219444e-4f;

    private static final float TWO_OVER_PI = 0.63661975f;
    private static final float HALF_PI = 1.5707963e+00f;
    private static final float HALF_PI_REST = 7.5497894e-08f;
    private static final float HALF_PI_LAST = 5.390303e-15f;

    /** Up to this number of quarter turns the reduction by pi/2 in three parts is good. */
    static final int MOST_QUARTERS = 40_000;

    private FloatMath() {}

    // ---- the exponential function

    static float exp(float x) {
        float y = expArgument(x);
        float t = expQuotient(y);
        return exp(expRemainder(y, t), Float.intBitsToFloat(exponent(t)));
    }

    /** The argument brought to where the result has just become infinite or 0. */
    static float expArgument(float x) {
        return Math.max(Math.min(x, 90f), -106f);
    }

    /** The nearest whole number to x / ln 4. */
    static float expQuotient(float x) {
        return Math.fma(x, LOG4_E, ROUNDER) - ROUNDER;
    }

    /** exp(x - t ln 4) - 1, from -1/2 to 1. */
    static float expRemainder(float x, float t) {
        float r = Math.fma(t, -LN4, x);
        r = Math.fma(t, -LN4_REST, r);
        float p = Math.fma(2.5769385e-05f, r, 2.015732e-04f);
        p = Math.fma(p, r, 1.388312e-03f);
        p = Math.fma(p, r, 8.332196e-03f);
        p = Math.fma(p, r, 4.1666754e-02f);
        p = Math.fma(p, r, 1.6666679e-01f);
        p = Math.fma(p, r, 0.5f);
        return Math.fma(r * r, p, r);
    }

    /** (1 + q) s^2, rounded once even where the result is subnormal. */
    static float exp(float q, float s) {
        return (1 + q) * s * s;
    }

    /**
     * The logistic function as w / (w + exp(r)) with w = 2^-t, where -x = t ln 2 + r: neither
     * over-nor underflows.
     */
    static float sigmoid(float x) {
        float y = sigmoidArgument(x);
        float t = quotient(y);
        return sigmoid(closeExpm1(remainder(y, t)), Float.intBitsToFloat(raisedExponent(-t)));
    }

    /** -x, brought to where the result has just become 0 or 1. */
    static float sigmoidArgument(float x) {
        return -Math.max(Math.min(x, 30f), -106f);
    }

    /** The bits of 2^(t + 64). */
    static int raisedExponent(float t) {
        return ((int) t + (127 + 64)) << 23;
    }

    /**
     * w / (w + (1 + q)) of 2^64 w, so that w may lie below the normal numbers. What the rounding of
     * 1 + q took away is added to w.
     */
    static float sigmoid(float q, float raised) {
        float p = 1 + q;
        float lost = q - (p - 1);
        float w = raised * 0x1p-64f;
        return raised / (p + (w + lost)) * 0x1p-64f;
    }

    // ---- exp(x) - 1 and the hyperbolic tangent

    static float expm1(float x) {
        float y = expm1Argument(x);
        float t = quotient(y);
        if (expm1Exceptional(t) < 0) {
            return (float) Math.expm1(x);
        }
        return expm1(signedExpm1(remainder(y, t)), Float.intBitsToFloat(exponent(t)));
    }

    /** The argument brought to where the result has become -1. */
    static float expm1Argument(float x) {
        return Math.max(x, -30f);
    }

    /** Negative where 2^t is above the powers of two that are floats. */
    static int expm1Exceptional(float t) {
        return 126 - (int) t;
    }

    /** The nearest whole number to x / ln 2. */
    static float quotient(float x) {
        return Math.fma(x, LOG2_E, ROUNDER) - ROUNDER;
    }

    /** The bits of 2^t. */
    static int exponent(float t) {
        return ((int) t + 127) << 23;
    }

    /** x - t ln 2. */
    static float remainder(float x, float t) {
        return Math.fma(t, -LN2_REST, Math.fma(t, -LN2, x));
    }

    /** (exp(r) - 1 - r) / r^2 for |r| up to ln(2) / 2. */
    static float expSeries(float r) {
        float p = Math.fma(1.5051705e-04f, r, 1.3930539e-03f);
        p = Math.fma(p, r, 8.341505e-03f);
        p = Math.fma(p, r, 4.166651e-02f);
        p = Math.fma(p, r, 1.6666636e-01f);
        return Math.fma(p, r, 0.5f);
    }

    /** exp(r) - 1, which keeps the sign of zero. */
    static float signedExpm1(float r) {
        return r * Math.fma(expSeries(r), r, 1f);
    }

    /** exp(r) - 1, a little closer. */
    static float closeExpm1(float r) {
        return Math.fma(r * r, expSeries(r), r);
    }

    /** s (q + 1) - 1. The difference is written so that -0 + 0 does not come up where q is -0. */
    static float expm1(float q, float s) {
        return Math.fma(s, q, -(1 - s));
    }

    static float tanh(float x) {
        float y = tanhArgument(x);
        float t = quotient(y);
        return tanh(x, closeExpm1(remainder(y, t)), Float.intBitsToFloat(exponent(t)));
    }

    /** 2 |x|, brought to where the result has become 1. */
    static float tanhArgument(float x) {
        return 2 * Math.min(Math.abs(x), 10f);
    }

    /** With e = s (q + 1) - 1 = exp(2 |x|) - 1: e / (e + 2), and the sign. */
    static float tanh(float x, float q, float s) {
        float e = expm1(q, s);
        return Math.signum(x) * (e / (e + 2));
    }

    // ---- logarithms

    static float log(float x) {
        int bits = Float.floatToRawIntBits(x);
        if (exceptional(bits) < 0) {
            return (float) Math.log(x);
        }
        int k = logExponent(bits);
        return log(Float.intBitsToFloat(logMantissa(bits, k)), k, 0);
    }

    /** Negative for the bits of what is not a positive, finite, normal number. */
    static int exceptional(int bits) {
        return (bits - 0x0080_0000) | (0x7F7F_FFFF - bits);
    }

    /** The exponent that leaves a mantissa between sqrt(1/2) and sqrt(2). */
    static int logExponent(int bits) {
        return (bits - 0x3F35_04F3) >> 23;
    }

    /** The bits of the mantissa. */
    static int logMantissa(int bits, int k) {
        return bits - (k << 23);
    }

    /** log(m) + k ln 2 + rest, where the rest is small. */
    static float log(float m, int k, float rest) {
        float f = m - 1;
        float p = Math.fma(-7.6261885e-02f, f, 1.2762469e-01f);
        p = Math.fma(p, f, -1.3160586e-01f);
        p = Math.fma(p, f, 1.420092e-01f);
        p = Math.fma(p, f, -1.6623312e-01f);
        p = Math.fma(p, f, 2.0001261e-01f);
        p = Math.fma(p, f, -2.5000823e-01f);
        p = Math.fma(p, f, 3.333333e-01f);
        float square = f * f;
        float e = (float) k;
        float low = Math.fma(e, LN2_SHORT_REST, rest);
        low = Math.fma(square * f, p, low);
        low = Math.fma(square, -0.5f, low);
        return Math.fma(e, LN2_SHORT, f + low);
    }

    static float log1p(float x) {
        float u = 1 + x;
        int bits = Float.floatToRawIntBits(u);
        if (exceptional(bits) < 0) {
            return (float) Math.log1p(x);
        }
        int k = logExponent(bits);
        return log1p(x, u, Float.intBitsToFloat(logMantissa(bits, k)), k);
    }

    /** log(u) and what the rounding of u = 1 + x took away; the sign is that of x, of zeros too. */
    static float log1p(float x, float u, float m, int k) {
        float b = u - x;
        float lost = (1 - b) + (x - (u - b));
        return Math.abs(log(m, k, lost / u)) * Math.signum(x);
    }

    // ---- the error function

    /**
     * Below 1 a polynomial in x^2; from 1 up 1 - exp(-x q(x)), where x q(x) = -log(erfc(x)), in the
     * manner of N. Juffa.
     */
    static float erf(float x) {
        float y = erfExponent(x);
        float t = quotient(y);
        return erf(x, closeExpm1(remainder(y, t)), Float.intBitsToFloat(exponent(t)));
    }

    /** |x|, brought to where the result has become 1. */
    private static float erfArgument(float x) {
        return Math.min(Math.abs(x), 4f);
    }

    /** log(erfc(|x|)) for |x| of 1 and more. */
    static float erfExponent(float x) {
        float a = erfArgument(x);
        float p = Math.fma(1.3957097e-05f, a, -3.50546e-04f);
        p = Math.fma(p, a, 3.7573127e-03f);
        p = Math.fma(p, a, -2.4009759e-02f);
        p = Math.fma(p, a, 1.0653054e-01f);
        p = Math.fma(p, a, 6.349697e-01f);
        p = Math.fma(p, a, 1.1286943f);
        return -(p * a);
    }

    /** 1 - s (q + 1) = 1 - erfc(|x|) from 1 up, the polynomial below, and the sign. */
    static float erf(float x, float q, float s) {
        float a = erfArgument(x);
        float z = a * a;
        float p = Math.fma(7.806903e-05f, z, -7.997853e-04f);
        p = Math.fma(p, z, 5.187162e-03f);
        p = Math.fma(p, z, -2.6853347e-02f);
        p = Math.fma(p, z, 1.1283579e-01f);
        p = Math.fma(p, z, -3.7612626e-01f);
        p = Math.fma(p, z, 1.2837917e-01f);
        float near = Math.fma(p, a, a);
        float outside = (float) Math.min((int) a, 1);
        return Math.signum(x) * Math.fma(outside, -expm1(q, s), (1 - outside) * near);
    }

    // ---- circular functions

    static float sin(float x) {
        float t = quarters(x);
        int quarter = (int) t;
        if (tooFar(quarter) < 0) {
            return (float) Math.sin(x);
        }
        return quarterSine(reduce(x, t), quarter);
    }

    static float cos(float x) {
        float t = quarters(x);
        int quarter = (int) t;
        if (tooFar(quarter) < 0) {
            return (float) Math.cos(x);
        }
        return quarterSine(reduce(x, t), quarter + 1);
    }

    /** The nearest whole number to x / (pi / 2). */
    static float quarters(float x) {
        return Math.fma(x, TWO_OVER_PI, ROUNDER) - ROUNDER;
    }

    /** Negative beyond {@link #MOST_QUARTERS} on either side. */
    static int tooFar(int quarter) {
        return (quarter + MOST_QUARTERS) | (MOST_QUARTERS - quarter);
    }

    /** x - t pi / 2. */
    static float reduce(float x, float t) {
        float r = Math.fma(t, -HALF_PI, x);
        r = Math.fma(t, -HALF_PI_REST, r);
        return Math.fma(t, -HALF_PI_LAST, r);
    }

    /** sin(r + quarter pi / 2). The sum keeps the sign of zero, for it adds -0 to a sine of -0. */
    static float quarterSine(float r, int quarter) {
        float z = r * r;
        float sine = Math.fma(-1.9517896e-04f, z, 8.332187e-03f);
        sine = Math.fma(sine, z, -1.6666655e-01f);
        sine = r * Math.fma(sine, z, 1f);
        float cosine = Math.fma(2.4432327e-05f, z, -1.388731e-03f);
        cosine = Math.fma(cosine, z, 4.1666646e-02f);
        cosine = Math.fma(cosine, z, -0.5f);
        cosine = Math.fma(cosine, z, 1f);
        float even = (float) (1 - (quarter & 1));
        float sign = (float) (1 - ((quarter + 1) & 2));
        return sign * Math.fma(-(1 - even), cosine, even * sine);
    }
}
