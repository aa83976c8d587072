package sungu.kernel;

/**
 * Circular functions of float32 and their inverses, as {@link FloatMath}: sines and tangents of the
 * remainder of a division by pi / 2 in three parts, arcs of a tangent up to 1 or a sine up to 1/2.
 */
final class FloatCircular {
    /** Added to a number below 2^22 and taken away again, it leaves the nearest whole one. */
    private static final float ROUNDER = 0x1.8p23f;

    private static final float TWO_OVER_PI = 0.63661975f;
    private static final float HALF_PI = 1.5707963e+00f;
    private static final float HALF_PI_REST = 7.5497894e-08f;
    private static final float HALF_PI_LAST = 5.390303e-15f;

    /** Up to this number of quarter turns the reduction by pi/2 in three parts is good. */
    static final int MOST_QUARTERS = 40_000;

    private FloatCircular() {}

    /** The sine of |x|, and the sign, of zeros too. */
    static float sin(float x) {
        float a = Math.abs(x);
        float t = quarters(a);
        int quarter = (int) t;
        if (tooFar(quarter) < 0) {
            return (float) Math.sin(x);
        }
        return sin(x, reduce(a, t), quarter);
    }

    /** The sine of r + quarter pi / 2 with the sign of x. */
    static float sin(float x, float r, int quarter) {
        return Math.signum(x) * quarterSine(r, quarter);
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

    /** sin(r + quarter pi / 2). */
    static float quarterSine(float r, int quarter) {
        float z = r * r;
        float sine = Math.fma(-1.9517896e-04f, z, 8.332187e-03f);
        sine = Math.fma(sine, z, -1.6666655e-01f);
        sine = Math.fma(r * z, sine, r);
        float cosine = Math.fma(2.4432327e-05f, z, -1.388731e-03f);
        cosine = Math.fma(cosine, z, 4.1666646e-02f);
        cosine = Math.fma(cosine, z, -0.5f);
        cosine = Math.fma(cosine, z, 1f);
        float even = (float) (1 - (quarter & 1));
        float sign = (float) (1 - ((quarter + 1) & 2));
        return sign * Math.fma(-(1 - even), cosine, even * sine);
    }

    static float tan(float x) {
        float a = Math.abs(x);
        float t = quarters(a);
        if (tooFar((int) t) < 0) {
            return (float) Math.tan(x);
        }
        return tan(x, a, t);
    }

    /**
     * The tangent of the remainder, which is taken in two parts, or -1 by it after an odd number of
     * quarters.
     */
    static float tan(float x, float a, float t) {
        float whole = Math.fma(t, -HALF_PI, a);
        float part = t * HALF_PI_REST;
        float r = whole - part;
        float rest = (whole - r - part) + Math.fma(t, -HALF_PI_REST, part);
        rest = Math.fma(t, -HALF_PI_LAST, rest);
        float z = r * r;
        float p = Math.fma(4.387851e-03f, z, 6.977605e-05f);
        p = Math.fma(p, z, 1.0847789e-02f);
        p = Math.fma(p, z, 2.1279374e-02f);
        p = Math.fma(p, z, 5.4059975e-02f);
        p = Math.fma(p, z, 0.1333267f);
        p = Math.fma(p, z, 0.3333335f);
        // The slope of the tangent is 1 + tan(r)^2, for which 1 + 1.6 z is close enough.
        float tangent = r + Math.fma(r * z, p, rest * Math.fma(1.6f, z, 1f));
        float even = (float) (1 - ((int) t & 1));
        float odd = 1 - even;
        return Math.signum(x) * (Math.fma(even, tangent, -odd) / Math.fma(odd, tangent, even));
    }

    /** The arc of a tangent up to 1; for greater ones pi / 2 less the arc of 1 / |x|. */
    static float atan(float x) {
        float a = Math.abs(x);
        float b = Math.min(a, 1f) / Math.max(a, 1f);
        float outside = (float) Math.min((int) a, 1);
        return Math.signum(x) * atan((1 - 2 * outside) * b, outside);
    }

    /** The arc of a tangent from -1 to 1, and some quarters. */
    static float atan(float b, float quarters) {
        float z = b * b;
        float p = Math.fma(-1.7806069e-03f, z, 1.0863112e-02f);
        p = Math.fma(p, z, -3.1092405e-02f);
        p = Math.fma(p, z, 5.788023e-02f);
        p = Math.fma(p, z, -8.399314e-02f);
        p = Math.fma(p, z, 0.10950882f);
        p = Math.fma(p, z, -0.14264016f);
        p = Math.fma(p, z, 0.1999853f);
        p = Math.fma(p, z, -0.333333f);
        return turned(quarters, 1, b, b * z * p);
    }

    /** quarters pi / 2 + factor (arc + rest), where the first product is not the smaller one. */
    private static float turned(float quarters, float factor, float arc, float rest) {
        float start = quarters * HALF_PI;
        float sum = Math.fma(factor, arc, start);
        float lost = Math.fma(factor, arc, start - sum);
        return sum + (Math.fma(factor, rest, quarters * HALF_PI_REST) + lost);
    }

    /** 1 for a of 1/2 and more, else 0. */
    private static float outside(float a) {
        return (float) Math.min((int) (2 * a), 1);
    }

    /** x^2, or from 1/2 up (1 - |x|) / 2. */
    private static float arcSquare(float a, float outside) {
        return Math.fma(outside, Math.fma(-0.5f, a, 0.5f), (1 - outside) * (a * a));
    }

    /** The root of that square. */
    private static float arcSine(float a, float outside, float z) {
        return Math.fma(outside, (float) Math.sqrt(z), (1 - outside) * a);
    }

    /** asin(s) - s for z = s^2. */
    private static float arcRest(float s, float z) {
        float p = Math.fma(4.2233024e-02f, z, 2.4142792e-02f);
        p = Math.fma(p, z, 4.547726e-02f);
        p = Math.fma(p, z, 7.4952476e-02f);
        p = Math.fma(p, z, 0.16666754f);
        return s * z * p;
    }

    /** From 1/2 up pi / 2 - 2 asin(sqrt((1 - |x|) / 2)). */
    static float asin(float x) {
        float a = Math.abs(x);
        float outside = outside(a);
        float z = arcSquare(a, outside);
        float s = arcSine(a, outside, z);
        return Math.signum(x) * turned(outside, 1 - 3 * outside, s, arcRest(s, z));
    }

    /** pi / 2 - asin(x); from 1/2 up 2 asin(sqrt((1 - |x|) / 2)), or what that lacks to pi. */
    static float acos(float x) {
        float a = Math.abs(x);
        float outside = outside(a);
        float z = arcSquare(a, outside);
        float s = arcSine(a, outside, z);
        float sign = Math.signum(x);
        return turned(
                Math.fma(-outside, sign, 1f), Math.fma(3, outside, -1f) * sign, s, arcRest(s, z));
    }
}
