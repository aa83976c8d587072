package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.primitive.Pointwise;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The functions of {@link FloatMath} over arrays, block by block through arrays that stay in the
 * first-level cache.
 *
 * <p>HotSpot vectorises neither choices nor the reinterpretation of bits. So loops end where bits
 * are to be read as numbers or the other way round, which a bulk copy between an {@code int[]} and
 * a {@code float[]} does for 0.04 ns an element, and exceptional arguments are counted by
 * arithmetic in a sweep and computed again one by one in the blocks that have any. Each loop is a
 * method of its own at one index over whole arrays.
 */
final class FloatFunctions {
    private static final int BLOCK = 1024;

    /** So many elements are done one by one before blocks pay. */
    private static final int FEW = 48;

    /** Blocks are filled up to a multiple of this. */
    private static final int WHOLE = 128;

    private static final AtomicReferenceArray<@Nullable FloatFunctions> SPARE =
            new AtomicReferenceArray<>(16);

    private final float[] input = new float[BLOCK];
    private final float[] output = new float[BLOCK];
    private final float[] first = new float[BLOCK];
    private final float[] second = new float[BLOCK];
    private final int[] bits = new int[BLOCK];
    private final int[] exponents = new int[BLOCK];
    private final MemorySegment inputMemory = MemorySegment.ofArray(input);
    private final MemorySegment firstMemory = MemorySegment.ofArray(first);
    private final MemorySegment secondMemory = MemorySegment.ofArray(second);
    private final MemorySegment bitsMemory = MemorySegment.ofArray(bits);

    private FloatFunctions() {}

    /** Computes {@code c[i] = op(a[i])}; both may be one array. */
    static void run(Pointwise op, float[] a, float[] c, int from, int to) {
        if (to - from < FEW) {
            each(op, a, c, from, to);
            return;
        }
        int slot = (int) Thread.currentThread().threadId() & (SPARE.length() - 1);
        var scratch = SPARE.getAndSet(slot, null);
        if (scratch == null) {
            scratch = new FloatFunctions();
        }
        for (int start = from; start < to; start += BLOCK) {
            scratch.block(op, a, c, start, Math.min(BLOCK, to - start));
        }
        SPARE.set(slot, scratch);
    }

    private void block(Pointwise op, float[] a, float[] c, int start, int count) {
        // Loops see whole vectors only, and never so few elements that their compilation, which
        // follows how often they went round, gives them none.
        int n = (count + WHOLE - 1) / WHOLE * WHOLE;
        boolean direct = start == 0 && n == count;
        // Exceptions are read again after results are written.
        float[] x = direct ? a : input;
        float[] y = direct && a != c ? c : output;
        if (x != a) {
            System.arraycopy(a, start, x, 0, count);
            Arrays.fill(x, count, n, 1f);
        }
        switch (op) {
            case EXP -> exp(x, y, n);
            case EXPM1 -> expm1(x, y, n);
            case LOG -> log(x, y, n);
            case LOG1P -> log1p(x, y, n);
            case SIN -> sin(x, y, n);
            case COS -> cos(x, y, n);
            case TANH -> tanh(x, y, n);
            case SIGMOID -> sigmoid(x, y, n);
            case ERF -> erf(x, y, n);
            default -> throw new IllegalArgumentException("no function of floats: " + op);
        }
        if (y != c) {
            System.arraycopy(y, 0, c, start, count);
        }
    }

    /** Reads {@link #bits} as floats into {@link #second}. */
    private void bitsToSecond(int n) {
        MemorySegment.copy(bitsMemory, 0, secondMemory, 0, 4L * n);
    }

    private void exp(float[] x, float[] y, int n) {
        expFirst(x, first, bits, n);
        bitsToSecond(n);
        expSecond(first, second, y, n);
    }

    private static void expFirst(float[] x, float[] q, int[] powers, int n) {
        for (int i = 0; i < n; i++) {
            float v = FloatMath.expArgument(x[i]);
            float t = FloatMath.expQuotient(v);
            q[i] = FloatMath.expRemainder(v, t);
            powers[i] = FloatMath.exponent(t);
        }
    }

    private static void expSecond(float[] q, float[] powers, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.exp(q[i], powers[i]);
        }
    }

    private void sigmoid(float[] x, float[] y, int n) {
        sigmoidFirst(x, first, bits, n);
        bitsToSecond(n);
        sigmoidSecond(first, second, y, n);
    }

    private static void sigmoidFirst(float[] x, float[] q, int[] powers, int n) {
        for (int i = 0; i < n; i++) {
            float v = FloatMath.sigmoidArgument(x[i]);
            float t = FloatMath.quotient(v);
            q[i] = FloatMath.closeExpm1(FloatMath.remainder(v, t));
            powers[i] = FloatMath.raisedExponent(-t);
        }
    }

    private static void sigmoidSecond(float[] q, float[] powers, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.sigmoid(q[i], powers[i]);
        }
    }

    private void expm1(float[] x, float[] y, int n) {
        expm1First(x, first, bits, n);
        bitsToSecond(n);
        expm1Second(first, second, y, n);
        if (expm1Exceptions(x, n) < 0) {
            for (int i = 0; i < n; i++) {
                y[i] = FloatMath.expm1(x[i]);
            }
        }
    }

    private static void expm1First(float[] x, float[] q, int[] powers, int n) {
        for (int i = 0; i < n; i++) {
            float v = FloatMath.expm1Argument(x[i]);
            float t = FloatMath.quotient(v);
            q[i] = FloatMath.signedExpm1(FloatMath.remainder(v, t));
            powers[i] = FloatMath.exponent(t);
        }
    }

    private static void expm1Second(float[] q, float[] powers, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.expm1(q[i], powers[i]);
        }
    }

    private static int expm1Exceptions(float[] x, int n) {
        int any = 0;
        for (int i = 0; i < n; i++) {
            any |= FloatMath.expm1Exceptional(FloatMath.quotient(x[i]));
        }
        return any;
    }

    private void tanh(float[] x, float[] y, int n) {
        tanhFirst(x, first, bits, n);
        bitsToSecond(n);
        tanhSecond(x, first, second, y, n);
    }

    private static void tanhFirst(float[] x, float[] q, int[] powers, int n) {
        for (int i = 0; i < n; i++) {
            float v = FloatMath.tanhArgument(x[i]);
            float t = FloatMath.quotient(v);
            q[i] = FloatMath.closeExpm1(FloatMath.remainder(v, t));
            powers[i] = FloatMath.exponent(t);
        }
    }

    private static void tanhSecond(float[] x, float[] q, float[] powers, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.tanh(x[i], q[i], powers[i]);
        }
    }

    private void erf(float[] x, float[] y, int n) {
        erfFirst(x, first, bits, n);
        bitsToSecond(n);
        erfSecond(x, first, second, y, n);
    }

    private static void erfFirst(float[] x, float[] q, int[] powers, int n) {
        for (int i = 0; i < n; i++) {
            float v = FloatMath.erfExponent(x[i]);
            float t = FloatMath.quotient(v);
            q[i] = FloatMath.closeExpm1(FloatMath.remainder(v, t));
            powers[i] = FloatMath.exponent(t);
        }
    }

    private static void erfSecond(float[] x, float[] q, float[] powers, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.erf(x[i], q[i], powers[i]);
        }
    }

    private void log(float[] x, float[] y, int n) {
        MemorySegment.copy(
                x == input ? inputMemory : MemorySegment.ofArray(x), 0, bitsMemory, 0, 4L * n);
        int exceptions = exceptions(bits, n);
        split(bits, exponents, n);
        bitsToSecond(n);
        logSecond(second, exponents, y, n);
        if (exceptions < 0) {
            for (int i = 0; i < n; i++) {
                if (FloatMath.exceptional(Float.floatToRawIntBits(x[i])) < 0) {
                    y[i] = FloatMath.log(x[i]);
                }
            }
        }
    }

    private static int exceptions(int[] bits, int n) {
        int any = 0;
        for (int i = 0; i < n; i++) {
            any |= FloatMath.exceptional(bits[i]);
        }
        return any;
    }

    /** Leaves the bits of mantissas. */
    private static void split(int[] bits, int[] exponents, int n) {
        for (int i = 0; i < n; i++) {
            int k = FloatMath.logExponent(bits[i]);
            exponents[i] = k;
            bits[i] = FloatMath.logMantissa(bits[i], k);
        }
    }

    private static void logSecond(float[] mantissas, int[] exponents, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.log(mantissas[i], exponents[i], 0);
        }
    }

    private void log1p(float[] x, float[] y, int n) {
        addOne(x, first, n);
        MemorySegment.copy(firstMemory, 0, bitsMemory, 0, 4L * n);
        int exceptions = exceptions(bits, n);
        split(bits, exponents, n);
        bitsToSecond(n);
        log1pSecond(x, first, second, exponents, y, n);
        if (exceptions < 0) {
            for (int i = 0; i < n; i++) {
                if (FloatMath.exceptional(Float.floatToRawIntBits(first[i])) < 0) {
                    y[i] = FloatMath.log1p(x[i]);
                }
            }
        }
    }

    private static void addOne(float[] x, float[] u, int n) {
        for (int i = 0; i < n; i++) {
            u[i] = 1 + x[i];
        }
    }

    private static void log1pSecond(
            float[] x, float[] u, float[] mantissas, int[] exponents, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.log1p(x[i], u[i], mantissas[i], exponents[i]);
        }
    }

    private static void sin(float[] x, float[] y, int n) {
        sinLoop(x, y, n);
        if (tooFar(x, n) < 0) {
            for (int i = 0; i < n; i++) {
                y[i] = FloatMath.sin(x[i]);
            }
        }
    }

    private static void sinLoop(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float t = FloatMath.quarters(x[i]);
            y[i] = FloatMath.quarterSine(FloatMath.reduce(x[i], t), (int) t);
        }
    }

    private static void cos(float[] x, float[] y, int n) {
        cosLoop(x, y, n);
        if (tooFar(x, n) < 0) {
            for (int i = 0; i < n; i++) {
                y[i] = FloatMath.cos(x[i]);
            }
        }
    }

    private static void cosLoop(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float t = FloatMath.quarters(x[i]);
            y[i] = FloatMath.quarterSine(FloatMath.reduce(x[i], t), (int) t + 1);
        }
    }

    private static int tooFar(float[] x, int n) {
        int any = 0;
        for (int i = 0; i < n; i++) {
            any |= FloatMath.tooFar((int) FloatMath.quarters(x[i]));
        }
        return any;
    }

    /** One by one, which gives the same bits. */
    private static void each(Pointwise op, float[] a, float[] c, int from, int to) {
        switch (op) {
            case EXP -> {
                for (int i = from; i < to; i++) {
                    c[i] = FloatMath.exp(a[i]);
                }
            }
            case EXPM1 -> {
                for (int i = from; i < to; i++) {
                    c[i] = FloatMath.expm1(a[i]);
                }
            }
            case LOG -> {
                for (int i = from; i < to; i++) {
                    c[i] = FloatMath.log(a[i]);
                }
            }
            case LOG1P -> {
                for (int i = from; i < to; i++) {
                    c[i] = FloatMath.log1p(a[i]);
                }
            }
            case SIN -> {
                for (int i = from; i < to; i++) {
                    c[i] = FloatMath.sin(a[i]);
                }
            }
            case COS -> {
                for (int i = from; i < to; i++) {
                    c[i] = FloatMath.cos(a[i]);
                }
            }
            case TANH -> {
                for (int i = from; i < to; i++) {
                    c[i] = FloatMath.tanh(a[i]);
                }
            }
            case SIGMOID -> {
                for (int i = from; i < to; i++) {
                    c[i] = FloatMath.sigmoid(a[i]);
                }
            }
            case ERF -> {
                for (int i = from; i < to; i++) {
                    c[i] = FloatMath.erf(a[i]);
                }
            }
            default -> throw new IllegalArgumentException("no function of floats: " + op);
        }
    }
}
