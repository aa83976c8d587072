package sungu.kernel;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;

/** Elements as longs that compare as the elements do: NaN above all numbers, -0 equal to 0. */
final class OrderKeys {
    /** The key of a NaN. */
    static final long NAN = Long.MAX_VALUE;

    private OrderKeys() {}

    /** Keys of all elements; complex ones have two, the real part's first. */
    static long[] of(HostTensor x) {
        var keys = new long[x.size() * x.dtype().lanes()];
        switch (x.dtype().arithmetic()) {
            case COMPLEX -> {
                for (int i = 0; i < keys.length; i++) {
                    keys[i] =
                            key(x.array() instanceof float[] f ? f[i] : ((double[]) x.array())[i]);
                }
            }
            case FLOAT -> {
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = narrow((float) x.number(i));
                }
            }
            case DOUBLE -> {
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = key(x.number(i));
                }
            }
            case BOOL, INT, LONG, UNSIGNED -> {
                long flip =
                        x.dtype() == DType.UINT64
                                ? Long.MIN_VALUE
                                : x.dtype() == DType.UINT32 ? 1L << 31 : 0;
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = x.dtype() == DType.UINT32 ? x.integer(i) - flip : x.integer(i) ^ flip;
                }
            }
            case NONE -> throw new IllegalArgumentException("strings have no keys");
        }
        return keys;
    }

    /** Whether all keys of a dtype fit into an int. */
    static boolean narrow(DType dtype) {
        return switch (dtype.arithmetic()) {
            case BOOL, INT, FLOAT -> true;
            default -> dtype == DType.UINT32;
        };
    }

    /** Whether an element of a float dtype with this key is NaN. */
    static boolean isNan(DType dtype, long key) {
        return dtype.isDifferentiable() && key == (narrow(dtype) ? Integer.MAX_VALUE : NAN);
    }

    private static long narrow(float value) {
        if (value != value) {
            return Integer.MAX_VALUE;
        }
        int bits = Float.floatToRawIntBits(value + 0f);
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }

    private static long key(double value) {
        if (value != value) {
            return NAN;
        }
        long bits = Double.doubleToRawLongBits(value + 0.0);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }
}
