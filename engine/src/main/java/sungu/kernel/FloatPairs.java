package sungu.kernel;

import sungu.primitive.Pointwise;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Functions of two float32, as {@link FloatMath} and {@link FloatFunctions}: powers, and the angles
 * of points. A power is 2^(y log2(x)), whose exponent has to be closer than a float can be: it is
 * computed in double.
 */
final class FloatPairs {
    private static final int BLOCK = Scratch.BLOCK;
    private static final int ONE = Float.floatToRawIntBits(1f);
    private static final int TWO = Float.floatToRawIntBits(2f);

    /** So many elements are done one by one before blocks pay. */
    private static final int FEW = 32;

    /** Blocks are filled up to a multiple of this. */
    private static final int WHOLE = 128;

    /** Added to a number below 2^51 and taken away again, it leaves the nearest whole one. */
    private static final double ROUNDER = 0x1.8p52;

    private FloatPairs() {}

    /** Computes {@code c[i] = op(a[i], b[i])}; any of them may be one array. */
    static void run(Pointwise op, float[] a, float[] b, float[] c, int from, int to) {
        if (to - from < FEW) {
            for (int i = from; i < to; i++) {
                c[i] = of(op, a[i], b[i]);
            }
            return;
        }
        var scratch = Scratch.take();
        for (int start = from; start < to; start += BLOCK) {
            block(op, a, b, c, start, Math.min(BLOCK, to - start), scratch);
        }
        scratch.give();
    }

    private static float of(Pointwise op, float x, float y) {
        return op == Pointwise.POWER ? power(x, y) : angle(x, y);
    }

    private static void block(
            Pointwise op, float[] a, float[] b, float[] c, int start, int count, Scratch scratch) {
        // As in FloatFunctions: whole vectors only, and never few elements.
        int n = (count + WHOLE - 1) / WHOLE * WHOLE;
        float[] x = scratch.floats0;
        float[] y = scratch.floats1;
        float[] results = scratch.floats3;
        System.arraycopy(a, start, x, 0, count);
        System.arraycopy(b, start, y, 0, count);
        Arrays.fill(x, count, n, 3f);
        Arrays.fill(y, count, n, 3f);
        copy(scratch.memoryOfFloats0, scratch.memoryOfInts0, n);
        copy(scratch.memoryOfFloats1, scratch.memoryOfInts1, n);
        int exceptions =
                op == Pointwise.POWER
                        ? powers(y, results, n, scratch)
                        : angles(x, y, results, n, scratch);
        for (int i = 0; exceptions < 0 && i < count; i++) {
            results[i] = of(op, x[i], y[i]);
        }
        System.arraycopy(results, 0, c, start, count);
    }

    private static void copy(MemorySegment from, MemorySegment to, int n) {
        MemorySegment.copy(from, 0, to, 0, 4L * n);
    }

    // ---- powers

    /** As C's pow (C17, F.10.4.4). */
    static float power(float x, float y) {
        int bits = Float.floatToRawIntBits(x);
        if (powerExceptional(bits, Float.floatToRawIntBits(y)) < 0) {
            return exceptionalPower(x, y);
        }
        int k = FloatLogarithms.logExponent(bits);
        float m = Float.intBitsToFloat(FloatLogarithms.logMantissa(bits, k));
        double z = exponent(m, k, y);
        double t = halfExponent(z);
        return scaled(exp2(z, t), Float.intBitsToFloat(FloatMath.exponent((float) t)));
    }

    /** Negative unless the base is positive, finite, normal, and not 1; or for the exponent 2. */
    private static int powerExceptional(int base, int exponent) {
        return FloatLogarithms.exceptional(base) | zero(base ^ ONE) | zero(exponent ^ TWO);
    }

    /** Negative for 0 only. */
    private static int zero(int bits) {
        return ~(bits | -bits);
    }

    private static float exceptionalPower(float x, float y) {
        if (y == 2) {
            return x * x;
        }
        boolean normal = -x >= Float.MIN_NORMAL && -x <= Float.MAX_VALUE;
        if (normal && y == Math.rint(y)) {
            boolean odd = Math.abs(y) < 0x1p24f && ((int) y & 1) != 0;
            return odd ? -power(-x, y) : power(-x, y);
        }
        return (float) SpecialFunctions.power(x, y);
    }

    /** y log2(x) for x = m 2^k, brought to where the power has just become infinite or 0. */
    private static double exponent(double m, int k, double y) {
        return Math.max(Math.min(FloatLogarithms.log2(m, k) * y, 130), -154);
    }

    /** The nearest whole number to z / 2. */
    private static double halfExponent(double z) {
        return Math.fma(z, 0.5, ROUNDER) - ROUNDER;
    }

    /** 2^(z - 2 t), from 1/2 to 2, rounded to float. */
    private static float exp2(double z, double t) {
        double r = Math.fma(t, -2, z);
        double p = Math.fma(1.3063939904401659e-06, r, 1.5473588326392143e-05);
        p = Math.fma(p, r, 0.00015408293038349553);
        p = Math.fma(p, r, 0.0013331999720627276);
        p = Math.fma(p, r, 0.009618097969316182);
        p = Math.fma(p, r, 0.055504147676657074);
        p = Math.fma(p, r, 0.2402265123841667);
        p = Math.fma(p, r, 0.6931471782260482);
        return (float) Math.fma(p, r, 1);
    }

    private static float scaled(float p, float s) {
        return p * s * s;
    }

    /** The bits of the operands lie in the two arrays of integers. */
    private static int powers(float[] y, float[] results, int n, Scratch scratch) {
        int[] bits = scratch.ints0;
        int[] exponents = scratch.ints1;
        int exceptions = powerExceptions(bits, exponents, n);
        FloatFunctions.split(bits, exponents, n);
        copy(scratch.memoryOfInts0, scratch.memoryOfFloats2, n);
        powerFirst(scratch.floats2, exponents, y, scratch.doubles0, n);
        powerSecond(scratch.doubles0, results, bits, n);
        copy(scratch.memoryOfInts0, scratch.memoryOfFloats2, n);
        powerThird(results, scratch.floats2, n);
        return exceptions;
    }

    private static int powerExceptions(int[] bases, int[] exponents, int n) {
        int any = 0;
        for (int i = 0; i < n; i++) {
            any |= powerExceptional(bases[i], exponents[i]);
        }
        return any;
    }

    private static void powerFirst(
            float[] mantissas, int[] exponents, float[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = exponent(mantissas[i], exponents[i], y[i]);
        }
    }

    private static void powerSecond(double[] z, float[] p, int[] powers, int n) {
        for (int i = 0; i < n; i++) {
            double t = halfExponent(z[i]);
            p[i] = exp2(z[i], t);
            powers[i] = FloatMath.exponent((float) t);
        }
    }

    private static void powerThird(float[] p, float[] powers, int n) {
        for (int i = 0; i < n; i++) {
            p[i] = scaled(p[i], powers[i]);
        }
    }

    // ---- angles

    /** The angle of the point (x, y), as C's atan2 (C17, F.10.1.4). */
    static float angle(float y, float x) {
        int bits = Float.floatToRawIntBits(y);
        if (angleExceptional(bits, Float.floatToRawIntBits(x)) < 0) {
            return (float) Math.atan2(y, x);
        }
        float steep = steep(y, x);
        return angle(y, ratio(y, x, steep), quarters(x, steep));
    }

    /** Negative where a coordinate is not finite, not normal or 0. */
    private static int angleExceptional(int y, int x) {
        return FloatLogarithms.exceptional(y & Integer.MAX_VALUE)
                | FloatLogarithms.exceptional(x & Integer.MAX_VALUE);
    }

    /** 1 nearer to the second axis, else 0. */
    private static float steep(float y, float x) {
        return Math.signum(Math.max(Math.abs(y) - Math.abs(x), 0f));
    }

    /** The tangent of the angle from the nearest axis to the point on the half plane y > 0. */
    private static float ratio(float y, float x, float steep) {
        float a = Math.abs(y);
        float b = Math.abs(x);
        return Math.min(a, b) / Math.max(a, b) * (1 - 2 * steep) * Math.signum(x);
    }

    /** The number of quarter turns to that axis. */
    private static float quarters(float x, float steep) {
        return Math.fma(steep - 1, Math.signum(x), 1f);
    }

    private static float angle(float y, float ratio, float quarters) {
        return Math.signum(y) * FloatCircular.atan(ratio, quarters);
    }

    /** The bits of the operands lie in the two arrays of integers. */
    private static int angles(float[] y, float[] x, float[] results, int n, Scratch scratch) {
        anglesFirst(y, x, scratch.floats2, results, n);
        anglesSecond(y, scratch.floats2, results, n);
        return angleExceptions(scratch.ints0, scratch.ints1, n);
    }

    private static void anglesFirst(float[] y, float[] x, float[] ratios, float[] quarters, int n) {
        for (int i = 0; i < n; i++) {
            float steep = steep(y[i], x[i]);
            ratios[i] = ratio(y[i], x[i], steep);
            quarters[i] = quarters(x[i], steep);
        }
    }

    /** Replaces numbers of quarters by results. */
    private static void anglesSecond(float[] y, float[] ratios, float[] quarters, int n) {
        for (int i = 0; i < n; i++) {
            quarters[i] = angle(y[i], ratios[i], quarters[i]);
        }
    }

    private static int angleExceptions(int[] y, int[] x, int n) {
        int any = 0;
        for (int i = 0; i < n; i++) {
            any |= angleExceptional(y[i], x[i]);
        }
        return any;
    }
}
