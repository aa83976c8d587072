package sungu.kernel;

/**
 * Functions of float32 that rest on the exponential function, in float arithmetic, within 2 units
 * in the last place of the true value everywhere. Each is a reduction of the argument with the
 * remainder of a rounded quotient kept in two parts (W. Cody and W. Waite, "Software Manual for the
 * Elementary Functions", 1980), and a polynomial; the polynomials are minimax fits by Remez's
 * exchange algorithm, made with 40 digits for this file, their coefficients rounded to float one
 * after the other, the rest being fitted again after each.
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
     * 1 + w took away is added to q.
     */
    static float sigmoid(float q, float raised) {
        float w = raised * 0x1p-64f;
        float p = 1 + w;
        float lost = w - (p - 1);
        return raised / (p + (q + lost)) * 0x1p-64f;
    }

    /** max(x, 0) + log1p(exp(-|x|)). */
    static float softplus(float x) {
        float y = softplusArgument(x);
        float t = quotient(y);
        float raised = Float.intBitsToFloat(raisedExponent(t));
        return softplus(x, closeExpm1(remainder(y, t)), raised);
    }

    /** -|x|, brought to where its exponential has just become 0. */
    static float softplusArgument(float x) {
        return -Math.min(Math.abs(x), 106f);
    }

    /**
     * With e = w (q + 1) = exp(-|x|) in two parts, raised by 2^64 so that w may lie below the
     * normal numbers: max(x, 0) + e - e^2 / 2 + e^3 p(e).
     */
    static float softplus(float x, float q, float raised) {
        float whole = Math.fma(raised, q, raised);
        float lost = Math.fma(raised, q, raised - whole);
        float e = whole * 0x1p-64f;
        float p = Math.fma(-3.6756392e-03f, e, 2.1868002e-02f);
        p = Math.fma(p, e, -6.090912e-02f);
        p = Math.fma(p, e, 0.11024045f);
        p = Math.fma(p, e, -0.15569f);
        p = Math.fma(p, e, 0.19774176f);
        p = Math.fma(p, e, -0.24975078f);
        p = Math.fma(p, e, 0.3333225f);
        float square = whole * e;
        float sum = whole + Math.fma(square, -0.5f, Math.fma(square, e * p, lost));
        return Math.fma(sum, 0x1p-64f, Math.max(x, 0f));
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
        float t = tanhQuotient(y);
        return tanh(x, doubleExpm1(tanhRemainder(y, t)), Float.intBitsToFloat(exponent(t)));
    }

    /** |x|, brought to where the result has become 1. */
    static float tanhArgument(float x) {
        return Math.min(Math.abs(x), 10f);
    }

    /**
     * 2 x / ln 2 less almost a half, to the nearest whole number: the remainder is hardly ever
     * negative, so that nothing cancels in exp(2 x) - 1.
     */
    static float tanhQuotient(float x) {
        return Math.fma(x, 2 * LOG2_E, -0.45f) + ROUNDER - ROUNDER;
    }

    /** x - t ln(2) / 2. */
    static float tanhRemainder(float x, float t) {
        return Math.fma(t, -0.5f * LN2_REST, Math.fma(t, -0.5f * LN2, x));
    }

    /** exp(2 r) - 1 for r from -0.02 to 0.335. */
    static float doubleExpm1(float r) {
        float p = Math.fma(3.299541e-02f, r, 8.580884e-02f);
        p = Math.fma(p, r, 0.26722506f);
        p = Math.fma(p, r, 0.6666226f);
        p = Math.fma(p, r, 1.3333344f);
        p = Math.fma(p, r, 2f);
        return Math.fma(r * r, p, r + r);
    }

    /**
     * With e = s (q + 1) - 1 = exp(2 |x|) - 1: y = e / d with d = e + 2, and the sign. What the
     * rounding of d took away is made good where it matters, for small e: it would be y (1 - y) / 2
     * of it, and less of it does for great e, for which it is not known.
     */
    static float tanh(float x, float q, float s) {
        float e = expm1(q, s);
        float d = e + 2;
        float lost = e - (d - 2);
        float y = e / d;
        float rest = 1 - y;
        return Math.signum(x) * Math.fma(-0.5f * lost * y, rest * rest, y);
    }

    // ---- the other hyperbolic functions

    static float sinh(float x) {
        float y = hyperbolicArgument(x);
        float t = quotient(y);
        return sinh(x, closeExpm1(remainder(y, t)), Float.intBitsToFloat(quarterExponent(t)));
    }

    static float cosh(float x) {
        float y = hyperbolicArgument(x);
        float t = quotient(y);
        return cosh(closeExpm1(remainder(y, t)), Float.intBitsToFloat(quarterExponent(t)));
    }

    /** |x|, brought to where the results have just become infinite. */
    static float hyperbolicArgument(float x) {
        return Math.min(Math.abs(x), 89.5f);
    }

    /** The bits of 2^t / 4, which is a float where 2^t is none any more. */
    static int quarterExponent(float t) {
        return ((int) t + (127 - 2)) << 23;
    }

    /** With h = s (q + 1) = exp(|x|) / 4: 2 (h - 1/16 / h) from 1 up, a polynomial below. */
    static float sinh(float x, float q, float s) {
        float a = hyperbolicArgument(x);
        float z = a * a;
        float p = Math.fma(2.7822132e-06f, z, 1.9842896e-04f);
        p = Math.fma(p, z, 8.3333105e-03f);
        p = Math.fma(p, z, 0.16666667f);
        float near = Math.fma(a * z, p, a);
        float far = 2 * (s + Math.fma(s, q, -0.0625f / Math.fma(s, q, s)));
        float outside = (float) Math.min((int) a, 1);
        return Math.signum(x) * Math.fma(outside, far, (1 - outside) * near);
    }

    /** With h = s (q + 1) = exp(|x|) / 4: 2 (h + 1/16 / h). */
    static float cosh(float q, float s) {
        return 2 * (s + Math.fma(s, q, 0.0625f / Math.fma(s, q, s)));
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

    /** erf(x) / x - 1 for z = x^2 up to 1. */
    private static float erfSeries(float z) {
        float p = Math.fma(7.806903e-05f, z, -7.997853e-04f);
        p = Math.fma(p, z, 5.187162e-03f);
        p = Math.fma(p, z, -2.6853347e-02f);
        p = Math.fma(p, z, 1.1283579e-01f);
        p = Math.fma(p, z, -3.7612626e-01f);
        return Math.fma(p, z, 1.2837917e-01f);
    }

    /** 1 - s (q + 1) = 1 - erfc(|x|) from 1 up, the polynomial below, and the sign. */
    static float erf(float x, float q, float s) {
        float a = erfArgument(x);
        float near = Math.fma(erfSeries(a * a), a, a);
        float outside = (float) Math.min((int) a, 1);
        return Math.signum(x) * Math.fma(outside, -expm1(q, s), (1 - outside) * near);
    }

    /**
     * Below 1/2 the polynomial of {@link #erf}; from there up exp(-x^2) with the square in two
     * parts, by a polynomial in 1 / (|x| + 2.5) for exp(x^2) erfc(x). That variable is the one of
     * M. Shepherd and J. Laframboise, "Chebyshev approximation of (1+2x)exp(x^2)erfc x in 0 <= x <
     * infinity", Math. Comp. 36 (1981).
     */
    static float erfc(float x) {
        float y = erfcExponent(x);
        float t = quotient(y);
        float power = Float.intBitsToFloat(raisedExponent(t));
        return erfc(x, erfcTail(x, erfcExpm1(x, t), power));
    }

    /** |x|, brought to where the result has just become 0. */
    private static float erfcArgument(float x) {
        return Math.min(Math.abs(x), 10.1f);
    }

    /** -x^2, rounded. */
    static float erfcExponent(float x) {
        float a = erfcArgument(x);
        return -(a * a);
    }

    /** exp(-x^2 - t ln 2) - 1, with the square in two parts, and the remainder r, too. */
    static float erfcExpm1(float x, float t) {
        float a = erfcArgument(x);
        float square = a * a;
        float whole = Math.fma(t, -LN2, -square);
        float low = Math.fma(t, -LN2_REST, Math.fma(-a, a, square));
        float r = whole + low;
        return r + Math.fma(r * r, expSeries(r), whole - r + low);
    }

    /** With 2^64 exp(-x^2) = raised (1 + q): erfc(|x|) for |x| of 1/2 and more. */
    static float erfcTail(float x, float q, float raised) {
        float a = erfcArgument(x);
        float d = a + 2.5f;
        float v = 1 / d;
        // What the roundings of d and v took away.
        float residue = Math.fma(-v, (2.5f - d) + a, Math.fma(-v, d, 1f));
        float t = Math.fma(7.871555f * v, residue, Math.fma(7.871555f, v, -1.6247265f));
        float p = Math.fma(1.5669399e-05f, t, 2.2891223e-05f);
        p = Math.fma(p, t, -3.0692006e-04f);
        p = Math.fma(p, t, -9.6070615e-04f);
        p = Math.fma(p, t, 4.385786e-03f);
        p = Math.fma(p, t, 4.479745e-02f);
        p = Math.fma(p, t, 0.18985146f);
        p = Math.fma(p, t, 0.5299173f);
        float sum = Math.fma(p, t, 1.080271f);
        float lost = Math.fma(p, t, 1.080271f - sum) + 5.2955148e-08f;
        // The product with v, and what its rounding took away.
        float whole = sum * v;
        lost = Math.fma(whole, residue, Math.fma(sum, v, -whole) + lost * v);
        float tail = whole + Math.fma(whole, q, Math.fma(lost, q, lost));
        return tail * raised * 0x1p-64f;
    }

    /** The tail or, for negative x, what it lacks to 2; below 1/2 the polynomial. */
    static float erfc(float x, float tail) {
        float a = erfcArgument(x);
        float negative = 0.5f - 0.5f * Math.signum(x);
        float far = Math.fma(1 - 2 * negative, tail, 2 * negative);
        float outside = (float) Math.min((int) (2 * a), 1);
        float inner = Math.signum(x) * (1 - outside) * a;
        float near = Math.fma(-inner, erfSeries(inner * inner), 1 - inner);
        return Math.fma(outside, far, (1 - outside) * near);
    }
}
