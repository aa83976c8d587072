package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.primitive.Pointwise;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The functions of {@link FloatMath}, {@link FloatLogarithms} and {@link FloatCircular} over
 * arrays, block by block through arrays that stay in the first-level cache.
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
    private final float[] rests = new float[BLOCK];
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
            for (int i = from; i < to; i++) {
                c[i] = of(op, a[i]);
            }
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
        if (compute(op, x, y, n) < 0) {
            again(op, x, y, n);
        }
        if (y != c) {
            System.arraycopy(y, 0, c, start, count);
        }
    }

    /** Computes a block; the result is negative when some arguments are exceptional. */
    private int compute(Pointwise op, float[] x, float[] y, int n) {
        return switch (op) {
            case EXP -> exp(x, y, n);
            case EXPM1 -> expm1(x, y, n);
            case LOG -> log(x, y, n);
            case LOG1P -> log1p(x, y, n);
            case SIN -> sin(x, y, n);
            case COS -> cos(x, y, n);
            case TAN -> tan(x, y, n);
            case ASIN -> asin(x, y, n);
            case ACOS -> acos(x, y, n);
            case ATAN -> atan(x, y, n);
            case SINH -> sinh(x, y, n);
            case COSH -> cosh(x, y, n);
            case TANH -> tanh(x, y, n);
            case ASINH -> asinh(x, y, n);
            case ACOSH -> acosh(x, y, n);
            case ATANH -> atanh(x, y, n);
            case SIGMOID -> sigmoid(x, y, n);
            case SOFTPLUS -> softplus(x, y, n);
            case ERF -> erf(x, y, n);
            case ERFC -> erfc(x, y, n);
            default -> throw new IllegalArgumentException("no function of floats: " + op);
        };
    }

    /** Computes the exceptional arguments of a block again: those of logarithms, else all. */
    private void again(Pointwise op, float[] x, float[] y, int n) {
        float[] sums =
                switch (op) {
                    case LOG -> x;
                    case LOG1P, ASINH, ACOSH, ATANH -> first;
                    default -> null;
                };
        for (int i = 0; i < n; i++) {
            if (sums == null || FloatLogarithms.exceptional(Float.floatToRawIntBits(sums[i])) < 0) {
                y[i] = of(op, x[i]);
            }
        }
    }

    /** One by one, which gives the same bits. */
    private static float of(Pointwise op, float x) {
        return switch (op) {
            case EXP -> FloatMath.exp(x);
            case EXPM1 -> FloatMath.expm1(x);
            case LOG -> FloatLogarithms.log(x);
            case LOG1P -> FloatLogarithms.log1p(x);
            case SIN -> FloatCircular.sin(x);
            case COS -> FloatCircular.cos(x);
            case TAN -> FloatCircular.tan(x);
            case ASIN -> FloatCircular.asin(x);
            case ACOS -> FloatCircular.acos(x);
            case ATAN -> FloatCircular.atan(x);
            case SINH -> FloatMath.sinh(x);
            case COSH -> FloatMath.cosh(x);
            case TANH -> FloatMath.tanh(x);
            case ASINH -> FloatLogarithms.asinh(x);
            case ACOSH -> FloatLogarithms.acosh(x);
            case ATANH -> FloatLogarithms.atanh(x);
            case SIGMOID -> FloatMath.sigmoid(x);
            case SOFTPLUS -> FloatMath.softplus(x);
            case ERF -> FloatMath.erf(x);
            case ERFC -> FloatMath.erfc(x);
            default -> throw new IllegalArgumentException("no function of floats: " + op);
        };
    }

    /** Reads {@link #bits} as floats into {@link #second}. */
    private void bitsToSecond(int n) {
        MemorySegment.copy(bitsMemory, 0, secondMemory, 0, 4L * n);
    }

    private int exp(float[] x, float[] y, int n) {
        expFirst(x, first, bits, n);
        bitsToSecond(n);
        expSecond(first, second, y, n);
        return 0;
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

    private int sigmoid(float[] x, float[] y, int n) {
        sigmoidFirst(x, first, bits, n);
        bitsToSecond(n);
        sigmoidSecond(first, second, y, n);
        return 0;
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

    private int softplus(float[] x, float[] y, int n) {
        softplusFirst(x, first, bits, n);
        bitsToSecond(n);
        softplusSecond(x, first, second, y, n);
        return 0;
    }

    private static void softplusFirst(float[] x, float[] q, int[] powers, int n) {
        for (int i = 0; i < n; i++) {
            float v = FloatMath.softplusArgument(x[i]);
            float t = FloatMath.quotient(v);
            q[i] = FloatMath.closeExpm1(FloatMath.remainder(v, t));
            powers[i] = FloatMath.raisedExponent(t);
        }
    }

    private static void softplusSecond(float[] x, float[] q, float[] powers, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.softplus(x[i], q[i], powers[i]);
        }
    }

    private int expm1(float[] x, float[] y, int n) {
        expm1First(x, first, bits, n);
        bitsToSecond(n);
        expm1Second(first, second, y, n);
        return expm1Exceptions(x, n);
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

    private int tanh(float[] x, float[] y, int n) {
        tanhFirst(x, first, bits, n);
        bitsToSecond(n);
        tanhSecond(x, first, second, y, n);
        return 0;
    }

    private static void tanhFirst(float[] x, float[] q, int[] powers, int n) {
        for (int i = 0; i < n; i++) {
            float v = FloatMath.tanhArgument(x[i]);
            float t = FloatMath.tanhQuotient(v);
            q[i] = FloatMath.doubleExpm1(FloatMath.tanhRemainder(v, t));
            powers[i] = FloatMath.exponent(t);
        }
    }

    private static void tanhSecond(float[] x, float[] q, float[] powers, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.tanh(x[i], q[i], powers[i]);
        }
    }

    private int erf(float[] x, float[] y, int n) {
        erfFirst(x, first, bits, n);
        bitsToSecond(n);
        erfSecond(x, first, second, y, n);
        return 0;
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

    private int log(float[] x, float[] y, int n) {
        MemorySegment.copy(
                x == input ? inputMemory : MemorySegment.ofArray(x), 0, bitsMemory, 0, 4L * n);
        int exceptions = exceptions(bits, n);
        split(bits, exponents, n);
        bitsToSecond(n);
        logSecond(second, exponents, y, n);
        return exceptions;
    }

    private static int exceptions(int[] bits, int n) {
        int any = 0;
        for (int i = 0; i < n; i++) {
            any |= FloatLogarithms.exceptional(bits[i]);
        }
        return any;
    }

    /** Leaves the bits of mantissas. */
    static void split(int[] bits, int[] exponents, int n) {
        for (int i = 0; i < n; i++) {
            int k = FloatLogarithms.logExponent(bits[i]);
            exponents[i] = k;
            bits[i] = FloatLogarithms.logMantissa(bits[i], k);
        }
    }

    private static void logSecond(float[] mantissas, int[] exponents, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatLogarithms.log(mantissas[i], exponents[i], 0);
        }
    }

    /** Takes {@link #first} apart into exponents and, in {@link #second}, mantissas. */
    private int splitFirst(int n) {
        MemorySegment.copy(firstMemory, 0, bitsMemory, 0, 4L * n);
        int exceptions = exceptions(bits, n);
        split(bits, exponents, n);
        bitsToSecond(n);
        return exceptions;
    }

    private int log1p(float[] x, float[] y, int n) {
        addOne(x, first, n);
        int exceptions = splitFirst(n);
        log1pSecond(x, first, second, exponents, y, n);
        return exceptions;
    }

    private static void addOne(float[] x, float[] u, int n) {
        for (int i = 0; i < n; i++) {
            u[i] = 1 + x[i];
        }
    }

    private static void log1pSecond(
            float[] x, float[] u, float[] mantissas, int[] exponents, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatLogarithms.log1p(x[i], u[i], mantissas[i], exponents[i]);
        }
    }

    private int asinh(float[] x, float[] y, int n) {
        asinhFirst(x, first, rests, n);
        int exceptions = splitFirst(n);
        asinhSecond(x, second, exponents, rests, y, n);
        return exceptions;
    }

    private static void asinhFirst(float[] x, float[] sums, float[] rests, int n) {
        for (int i = 0; i < n; i++) {
            float a = Math.abs(x[i]);
            float u = FloatLogarithms.asinhPart(x[i]);
            float w = FloatLogarithms.hyperbolicSum(a, u);
            sums[i] = w;
            rests[i] = FloatLogarithms.hyperbolicRest(a, u, 0, w);
        }
    }

    private static void asinhSecond(
            float[] x, float[] mantissas, int[] exponents, float[] rests, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatLogarithms.log(mantissas[i], exponents[i], rests[i]) * Math.signum(x[i]);
        }
    }

    private int acosh(float[] x, float[] y, int n) {
        acoshFirst(x, first, rests, n);
        int exceptions = splitFirst(n);
        acoshSecond(second, exponents, rests, y, n);
        return exceptions;
    }

    private static void acoshFirst(float[] x, float[] sums, float[] rests, int n) {
        for (int i = 0; i < n; i++) {
            float t = FloatLogarithms.acoshExcess(x[i]);
            float root = FloatLogarithms.acoshRoot(t);
            float u = t + root;
            float w = FloatLogarithms.hyperbolicSum(x[i], u);
            sums[i] = w;
            rests[i] = FloatLogarithms.hyperbolicRest(x[i], u, t - (u - root), w);
        }
    }

    private static void acoshSecond(
            float[] mantissas, int[] exponents, float[] rests, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatLogarithms.log(mantissas[i], exponents[i], rests[i]);
        }
    }

    private int atanh(float[] x, float[] y, int n) {
        atanhFirst(x, first, rests, n);
        int exceptions = splitFirst(n);
        atanhSecond(x, second, exponents, rests, y, n);
        return exceptions;
    }

    private static void atanhFirst(float[] x, float[] sums, float[] rests, int n) {
        for (int i = 0; i < n; i++) {
            float d = 1 - Math.abs(x[i]);
            float u = FloatLogarithms.atanhPart(x[i], d);
            float w = 1 + u;
            sums[i] = w;
            rests[i] = FloatLogarithms.atanhRest(x[i], d, u, w);
        }
    }

    private static void atanhSecond(
            float[] x, float[] mantissas, int[] exponents, float[] rests, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] =
                    0.5f
                            * FloatLogarithms.log(mantissas[i], exponents[i], rests[i])
                            * Math.signum(x[i]);
        }
    }

    private int sinh(float[] x, float[] y, int n) {
        hyperbolicFirst(x, first, bits, n);
        bitsToSecond(n);
        sinhSecond(x, first, second, y, n);
        return 0;
    }

    private int cosh(float[] x, float[] y, int n) {
        hyperbolicFirst(x, first, bits, n);
        bitsToSecond(n);
        coshSecond(first, second, y, n);
        return 0;
    }

    private static void hyperbolicFirst(float[] x, float[] q, int[] powers, int n) {
        for (int i = 0; i < n; i++) {
            float v = FloatMath.hyperbolicArgument(x[i]);
            float t = FloatMath.quotient(v);
            q[i] = FloatMath.closeExpm1(FloatMath.remainder(v, t));
            powers[i] = FloatMath.quarterExponent(t);
        }
    }

    private static void sinhSecond(float[] x, float[] q, float[] powers, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.sinh(x[i], q[i], powers[i]);
        }
    }

    private static void coshSecond(float[] q, float[] powers, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.cosh(q[i], powers[i]);
        }
    }

    private int erfc(float[] x, float[] y, int n) {
        erfcFirst(x, first, bits, n);
        bitsToSecond(n);
        erfcSecond(x, first, second, rests, n);
        erfcThird(x, rests, y, n);
        return 0;
    }

    private static void erfcFirst(float[] x, float[] q, int[] powers, int n) {
        for (int i = 0; i < n; i++) {
            float v = FloatMath.erfcExponent(x[i]);
            float t = FloatMath.quotient(v);
            q[i] = FloatMath.erfcExpm1(x[i], t);
            powers[i] = FloatMath.raisedExponent(t);
        }
    }

    private static void erfcSecond(float[] x, float[] q, float[] powers, float[] tails, int n) {
        for (int i = 0; i < n; i++) {
            tails[i] = FloatMath.erfcTail(x[i], q[i], powers[i]);
        }
    }

    private static void erfcThird(float[] x, float[] tails, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.erfc(x[i], tails[i]);
        }
    }

    private static int sin(float[] x, float[] y, int n) {
        sinLoop(x, y, n);
        return tooFar(x, n);
    }

    private static void sinLoop(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float a = Math.abs(x[i]);
            float t = FloatCircular.quarters(a);
            y[i] = FloatCircular.sin(x[i], FloatCircular.reduce(a, t), (int) t);
        }
    }

    private static int cos(float[] x, float[] y, int n) {
        cosLoop(x, y, n);
        return tooFar(x, n);
    }

    private static void cosLoop(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float t = FloatCircular.quarters(x[i]);
            y[i] = FloatCircular.quarterSine(FloatCircular.reduce(x[i], t), (int) t + 1);
        }
    }

    private static int tan(float[] x, float[] y, int n) {
        tanLoop(x, y, n);
        return tooFar(x, n);
    }

    private static void tanLoop(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float a = Math.abs(x[i]);
            y[i] = FloatCircular.tan(x[i], a, FloatCircular.quarters(a));
        }
    }

    private static int tooFar(float[] x, int n) {
        int any = 0;
        for (int i = 0; i < n; i++) {
            any |= FloatCircular.tooFar((int) FloatCircular.quarters(x[i]));
        }
        return any;
    }

    private static int asin(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatCircular.asin(x[i]);
        }
        return 0;
    }

    private static int acos(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatCircular.acos(x[i]);
        }
        return 0;
    }

    private static int atan(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatCircular.atan(x[i]);
        }
        return 0;
    }
}
