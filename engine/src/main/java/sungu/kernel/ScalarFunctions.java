package sungu.kernel;

import sungu.primitive.Reduce.Fold;
import sungu.tensor.DType;

/**
 * The scalar instructions as static functions, for code that is emitted: each has the name of its
 * instruction and gives the bits that the loops over arrays give. What is a single instruction of
 * the Java virtual machine is not here.
 */
public final class ScalarFunctions {
    private ScalarFunctions() {}

    // ---- float32

    public static float abs(float x) {
        return Math.abs(x);
    }

    public static float sign(float x) {
        return Math.signum(x);
    }

    public static float floor(float x) {
        return (float) Math.floor(x);
    }

    public static float ceil(float x) {
        return (float) Math.ceil(x);
    }

    public static float round(float x) {
        return (float) Math.rint(x);
    }

    public static float sqrt(float x) {
        return (float) Math.sqrt(x);
    }

    public static float rsqrt(float x) {
        return 1 / (float) Math.sqrt(x);
    }

    public static float exp(float x) {
        return FloatMath.exp(x);
    }

    public static float expm1(float x) {
        return FloatMath.expm1(x);
    }

    public static float log(float x) {
        return FloatLogarithms.log(x);
    }

    public static float log1p(float x) {
        return FloatLogarithms.log1p(x);
    }

    public static float sin(float x) {
        return FloatCircular.sin(x);
    }

    public static float cos(float x) {
        return FloatCircular.cos(x);
    }

    public static float tanh(float x) {
        return FloatMath.tanh(x);
    }

    public static float sigmoid(float x) {
        return FloatMath.sigmoid(x);
    }

    public static float softplus(float x) {
        return FloatMath.softplus(x);
    }

    public static float erf(float x) {
        return FloatMath.erf(x);
    }

    public static float minimum(float x, float y) {
        return Math.min(x, y);
    }

    public static float maximum(float x, float y) {
        return Math.max(x, y);
    }

    public static float power(float x, float y) {
        return FloatPairs.power(x, y);
    }

    public static float floorDivide(float x, float y) {
        return (float) Math.floor(x / y);
    }

    public static boolean equal(float x, float y) {
        return x == y;
    }

    public static boolean notEqual(float x, float y) {
        return x != y;
    }

    public static boolean less(float x, float y) {
        return x < y;
    }

    public static boolean lessEqual(float x, float y) {
        return x <= y;
    }

    public static boolean greater(float x, float y) {
        return x > y;
    }

    public static boolean greaterEqual(float x, float y) {
        return x >= y;
    }

    public static boolean isFinite(float x) {
        return Math.abs(x) <= Float.MAX_VALUE;
    }

    public static float select(boolean condition, float x, float y) {
        return condition ? x : y;
    }

    // ---- integers

    public static int minimum(int x, int y) {
        return Math.min(x, y);
    }

    public static int maximum(int x, int y) {
        return Math.max(x, y);
    }

    public static long minimum(long x, long y) {
        return Math.min(x, y);
    }

    public static long maximum(long x, long y) {
        return Math.max(x, y);
    }

    public static boolean equal(int x, int y) {
        return x == y;
    }

    public static boolean notEqual(int x, int y) {
        return x != y;
    }

    public static boolean less(int x, int y) {
        return x < y;
    }

    public static boolean lessEqual(int x, int y) {
        return x <= y;
    }

    public static boolean greater(int x, int y) {
        return x > y;
    }

    public static boolean greaterEqual(int x, int y) {
        return x >= y;
    }

    public static boolean equal(long x, long y) {
        return x == y;
    }

    public static boolean notEqual(long x, long y) {
        return x != y;
    }

    public static boolean less(long x, long y) {
        return x < y;
    }

    public static boolean lessEqual(long x, long y) {
        return x <= y;
    }

    public static boolean greater(long x, long y) {
        return x > y;
    }

    public static boolean greaterEqual(long x, long y) {
        return x >= y;
    }

    public static int select(boolean condition, int x, int y) {
        return condition ? x : y;
    }

    public static long select(boolean condition, long x, long y) {
        return condition ? x : y;
    }

    // ---- truth values

    public static boolean equal(boolean x, boolean y) {
        return x == y;
    }

    public static boolean notEqual(boolean x, boolean y) {
        return x != y;
    }

    public static boolean logicalNot(boolean x) {
        return !x;
    }

    public static boolean select(boolean condition, boolean x, boolean y) {
        return condition ? x : y;
    }

    // ---- conversions, named after what they give

    public static int toInt(float x) {
        return x >= 0x1p31f || x != x ? Integer.MIN_VALUE : (int) x;
    }

    public static long toLong(float x) {
        return x >= 0x1p63f || x != x ? Long.MIN_VALUE : (long) x;
    }

    public static boolean toBoolean(float x) {
        return x != 0;
    }

    public static boolean toBoolean(int x) {
        return x != 0;
    }

    public static boolean toBoolean(long x) {
        return x != 0;
    }

    public static float toFloat(long x) {
        return (float) (double) x;
    }

    // ---- rows: n elements from a start on become one

    public static float sum(float[] a, int start, int n) {
        return FloatFolds.row(Fold.SUM, a, start, n);
    }

    public static float product(float[] a, int start, int n) {
        return FloatFolds.row(Fold.PRODUCT, a, start, n);
    }

    public static float max(float[] a, int start, int n) {
        return FloatFolds.row(Fold.MAX, a, start, n);
    }

    public static float min(float[] a, int start, int n) {
        return FloatFolds.row(Fold.MIN, a, start, n);
    }

    public static boolean max(byte[] a, int start, int n) {
        int any = 0;
        for (int i = 0; i < n; i++) {
            any |= a[start + i];
        }
        return any != 0;
    }

    public static boolean min(byte[] a, int start, int n) {
        int all = 1;
        for (int i = 0; i < n; i++) {
            all &= a[start + i];
        }
        return all != 0;
    }

    public static int sum(int[] a, int start, int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += a[start + i];
        }
        return sum;
    }

    public static long sum(long[] a, int start, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += a[start + i];
        }
        return sum;
    }

    /** The first index of the largest element; the first NaN counts as such. */
    public static int argmax(float[] a, int start, int n) {
        int best = 0;
        for (int i = 1; i < n; i++) {
            float x = a[start + i];
            float y = a[start + best];
            best = y == y && (x > y || x != x) ? i : best;
        }
        return best;
    }

    /** The first index of the smallest element; the first NaN counts as such. */
    public static int argmin(float[] a, int start, int n) {
        int best = 0;
        for (int i = 1; i < n; i++) {
            float x = a[start + i];
            float y = a[start + best];
            best = y == y && (x < y || x != x) ? i : best;
        }
        return best;
    }

    // ---- matrices: all rows become one

    /** Folds each column of (rows, columns). */
    public static void sum(float[] a, int rows, int columns, float[] c) {
        FloatFolds.run(Fold.SUM, DType.FLOAT32, a, 1, rows, columns, c);
    }

    public static void max(float[] a, int rows, int columns, float[] c) {
        FloatFolds.run(Fold.MAX, DType.FLOAT32, a, 1, rows, columns, c);
    }

    public static void min(float[] a, int rows, int columns, float[] c) {
        FloatFolds.run(Fold.MIN, DType.FLOAT32, a, 1, rows, columns, c);
    }
}
