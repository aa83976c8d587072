package sungu.kernel;

/**
 * Logarithms of float32 and the functions that rest on them, as {@link FloatMath}: the exponent is
 * taken off, a polynomial gives the logarithm of the mantissa.
 */
final class FloatLogarithms {
    /** ln 2 with 9 bits, so that its product with an exponent is exact, and the rest. */
    private static final float LN2_SHORT = 0x1.63p-1f;

    private static final float LN2_SHORT_REST = -2.1219444e-4f;
    private static final float LN2 = 0.6931472f;

    private static final double WIDE_LN2 = 0.6931471805599453;

    /** The bits of sqrt(1/2). */
    private static final long ROOT_HALF = 0x3FE6_A09E_667F_3BCDL;

    /** From here up asinh and acosh are log(2 x). */
    private static final float FAR = 0x1p12f;

    private FloatLogarithms() {}

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

    /**
     * log2(m) + k in double, good to 4e-12 of it, by that of a quotient: log(m) = 2 artanh((m - 1)
     * / (m + 1)).
     */
    static double log2(double m, int k) {
        double s = (m - 1) / (m + 1);
        double u = s * s;
        double p = Math.fma(0.34073010658534336, u, 0.4116727189977767);
        p = Math.fma(p, u, 0.5770835849651513);
        p = Math.fma(p, u, 0.9617966733417975);
        p = Math.fma(p, u, 2.8853900817900864);
        return Math.fma(p, s, k);
    }

    /** The logarithm of a positive, finite, normal double, good to 4e-12 of it. */
    static double wideLog(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int k = (int) ((bits - ROOT_HALF) >> 52);
        return log2(Double.longBitsToDouble(bits - ((long) k << 52)), k) * WIDE_LN2;
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

    /**
     * log(1 + u), where u = a + a^2 / (1 + sqrt(1 + a^2)) for a = |x| (DLMF 4.37.16, arranged so
     * that nothing cancels).
     */
    static float asinh(float x) {
        float u = asinhPart(x);
        float w = hyperbolicSum(Math.abs(x), u);
        int bits = Float.floatToRawIntBits(w);
        if (exceptional(bits) < 0) {
            return (float) SpecialFunctions.asinh(x);
        }
        int k = logExponent(bits);
        float rest = hyperbolicRest(Math.abs(x), u, 0, w);
        return log(Float.intBitsToFloat(logMantissa(bits, k)), k, rest) * Math.signum(x);
    }

    /** exp(asinh(|x|)) - 1. */
    static float asinhPart(float x) {
        float a = Math.min(Math.abs(x), FAR);
        float square = a * a;
        return a + square / (1 + (float) Math.sqrt(1 + square));
    }

    /** log(1 + u), where u = t + sqrt(t (t + 2)) for t = x - 1 (DLMF 4.37.19). */
    static float acosh(float x) {
        float t = acoshExcess(x);
        float root = acoshRoot(t);
        float u = t + root;
        float w = hyperbolicSum(x, u);
        int bits = Float.floatToRawIntBits(w);
        if (exceptional(bits) < 0) {
            return (float) SpecialFunctions.acosh(x);
        }
        int k = logExponent(bits);
        float rest = hyperbolicRest(x, u, t - (u - root), w);
        return log(Float.intBitsToFloat(logMantissa(bits, k)), k, rest);
    }

    /** x - 1, brought to where the result is log(2 x) or NaN. */
    static float acoshExcess(float x) {
        return Math.max(Math.min(x, FAR) - 1, -1f);
    }

    /** sqrt(t (t + 2)); NaN below 0. */
    static float acoshRoot(float t) {
        return (float) Math.sqrt(Math.fma(t, t, 2 * t));
    }

    /** 1 for arguments from {@link #FAR} up, else 0. */
    private static float far(float a) {
        return (float) Math.min((int) (a * (1 / FAR)), 1);
    }

    /** 1 + u, or far away the argument itself. */
    static float hyperbolicSum(float a, float u) {
        float far = far(a);
        return Math.fma(far, a, (1 - far) * (1 + u));
    }

    /**
     * What is to be added to log(w): ln 2 far away, else what the roundings of u, which is given,
     * and of 1 + u took away.
     */
    static float hyperbolicRest(float a, float u, float lost, float w) {
        float far = far(a);
        return Math.fma(far, LN2, (1 - far) * (u - (w - 1) + lost) / w);
    }

    /** log(1 + u) / 2, where u = 2 a / (1 - a) for a = |x| (DLMF 4.37.24). */
    static float atanh(float x) {
        float d = 1 - Math.abs(x);
        float u = atanhPart(x, d);
        float w = 1 + u;
        int bits = Float.floatToRawIntBits(w);
        if (exceptional(bits) < 0) {
            return (float) SpecialFunctions.atanh(x);
        }
        int k = logExponent(bits);
        float rest = atanhRest(x, d, u, w);
        return 0.5f * log(Float.intBitsToFloat(logMantissa(bits, k)), k, rest) * Math.signum(x);
    }

    /** exp(2 atanh(|x|)) - 1 for d = 1 - |x|. */
    static float atanhPart(float x, float d) {
        return 2 * Math.abs(x) * (1 / d);
    }

    /**
     * What is to be added to log(w) for what roundings took away: of the difference d, of the
     * quotient u and of the sum w = 1 + u.
     */
    static float atanhRest(float x, float d, float u, float w) {
        float a = Math.abs(x);
        float residue = Math.fma(-u, (1 - d) - a, Math.fma(-u, d, 2 * a));
        return Math.fma(residue, 1 / d, u - (w - 1)) / w;
    }
}
