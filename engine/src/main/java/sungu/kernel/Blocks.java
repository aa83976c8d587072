package sungu.kernel;

import sungu.tensor.DType;
import sungu.tensor.SmallFloats;

/**
 * Copies between storage arrays and the arrays that instructions compute in: float[] for the small
 * floating types, int[] for the small integers and bool, long[] for uint32, double[] pairs for
 * complex numbers.
 */
public final class Blocks {
    private Blocks() {}

    /** Reads elements of a floating type of at most 32 bits. */
    public static void load(DType dtype, Object from, int start, float[] to, int n) {
        switch (dtype) {
            case FLOAT32 -> System.arraycopy(from, start, to, 0, n);
            case FLOAT16 -> {
                var a = (short[]) from;
                for (int i = 0; i < n; i++) {
                    to[i] = Float.float16ToFloat(a[start + i]);
                }
            }
            case BFLOAT16 -> {
                var a = (short[]) from;
                for (int i = 0; i < n; i++) {
                    to[i] = SmallFloats.fromBfloat16(a[start + i]);
                }
            }
            case FLOAT8_E4M3FN -> {
                var a = (byte[]) from;
                for (int i = 0; i < n; i++) {
                    to[i] = SmallFloats.fromE4m3fn(a[start + i]);
                }
            }
            case FLOAT8_E5M2 -> {
                var a = (byte[]) from;
                for (int i = 0; i < n; i++) {
                    to[i] = SmallFloats.fromE5m2(a[start + i]);
                }
            }
            default -> throw new IllegalArgumentException("not computed in float: " + dtype);
        }
    }

    /** Rounds and writes elements of a floating type of at most 32 bits. */
    public static void store(DType dtype, float[] from, Object to, int start, int n) {
        switch (dtype) {
            case FLOAT32 -> System.arraycopy(from, 0, to, start, n);
            case FLOAT16 -> {
                var c = (short[]) to;
                for (int i = 0; i < n; i++) {
                    c[start + i] = Float.floatToFloat16(from[i]);
                }
            }
            case BFLOAT16 -> {
                var c = (short[]) to;
                for (int i = 0; i < n; i++) {
                    c[start + i] = SmallFloats.toBfloat16(from[i]);
                }
            }
            case FLOAT8_E4M3FN -> {
                var c = (byte[]) to;
                for (int i = 0; i < n; i++) {
                    c[start + i] = SmallFloats.toE4m3fn(from[i]);
                }
            }
            case FLOAT8_E5M2 -> {
                var c = (byte[]) to;
                for (int i = 0; i < n; i++) {
                    c[start + i] = SmallFloats.toE5m2(from[i]);
                }
            }
            default -> throw new IllegalArgumentException("not computed in float: " + dtype);
        }
    }

    /** Reads elements of bool or an integer type of at most 32 bits (not uint32). */
    public static void load(DType dtype, Object from, int start, int[] to, int n) {
        switch (dtype) {
            case INT32 -> System.arraycopy(from, start, to, 0, n);
            case BOOL, INT8 -> {
                var a = (byte[]) from;
                for (int i = 0; i < n; i++) {
                    to[i] = a[start + i];
                }
            }
            case UINT8 -> {
                var a = (byte[]) from;
                for (int i = 0; i < n; i++) {
                    to[i] = a[start + i] & 0xFF;
                }
            }
            case INT16 -> {
                var a = (short[]) from;
                for (int i = 0; i < n; i++) {
                    to[i] = a[start + i];
                }
            }
            case UINT16 -> {
                var a = (short[]) from;
                for (int i = 0; i < n; i++) {
                    to[i] = a[start + i] & 0xFFFF;
                }
            }
            default -> throw new IllegalArgumentException("not computed in int: " + dtype);
        }
    }

    /** Wraps and writes elements of bool or an integer type of at most 32 bits (not uint32). */
    public static void store(DType dtype, int[] from, Object to, int start, int n) {
        switch (dtype.storage()) {
            case INTS -> System.arraycopy(from, 0, to, start, n);
            case BYTES -> {
                var c = (byte[]) to;
                for (int i = 0; i < n; i++) {
                    c[start + i] = (byte) from[i];
                }
            }
            case SHORTS -> {
                var c = (short[]) to;
                for (int i = 0; i < n; i++) {
                    c[start + i] = (short) from[i];
                }
            }
            default -> throw new IllegalArgumentException("not computed in int: " + dtype);
        }
    }

    /** Reads elements of uint32, int64 or uint64. */
    public static void load(DType dtype, Object from, int start, long[] to, int n) {
        if (dtype == DType.UINT32) {
            var a = (int[]) from;
            for (int i = 0; i < n; i++) {
                to[i] = a[start + i] & 0xFFFF_FFFFL;
            }
        } else {
            System.arraycopy(from, start, to, 0, n);
        }
    }

    /** Wraps and writes elements of uint32, int64 or uint64. */
    public static void store(DType dtype, long[] from, Object to, int start, int n) {
        if (dtype == DType.UINT32) {
            var c = (int[]) to;
            for (int i = 0; i < n; i++) {
                c[start + i] = (int) from[i];
            }
        } else {
            System.arraycopy(from, 0, to, start, n);
        }
    }

    /** Reads complex elements (pairs) or float64 ones; counts are array entries. */
    public static void load(DType dtype, Object from, int start, double[] to, int entries) {
        if (dtype == DType.COMPLEX64) {
            var a = (float[]) from;
            for (int i = 0; i < entries; i++) {
                to[i] = a[start + i];
            }
        } else {
            System.arraycopy(from, start, to, 0, entries);
        }
    }

    /** Rounds and writes complex elements (pairs) or float64 ones; counts are array entries. */
    public static void store(DType dtype, double[] from, Object to, int start, int entries) {
        if (dtype == DType.COMPLEX64) {
            var c = (float[]) to;
            for (int i = 0; i < entries; i++) {
                c[start + i] = (float) from[i];
            }
        } else {
            System.arraycopy(from, 0, to, start, entries);
        }
    }
}
