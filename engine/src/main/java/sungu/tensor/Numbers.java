package sungu.tensor;

/**
 * Single elements of storage arrays as Java numbers: the place that knows how each dtype is laid
 * out.
 */
public final class Numbers {
    private Numbers() {}

    /**
     * The element at an index as a double; unsigned types are read as such, of complex ones the
     * real part.
     */
    public static double get(DType dtype, Object array, int index) {
        return switch (dtype) {
            case FLOAT32 -> ((float[]) array)[index];
            case FLOAT64 -> ((double[]) array)[index];
            case COMPLEX64 -> ((float[]) array)[2 * index];
            case COMPLEX128 -> ((double[]) array)[2 * index];
            case FLOAT16 -> Float.float16ToFloat(((short[]) array)[index]);
            case BFLOAT16 -> SmallFloats.fromBfloat16(((short[]) array)[index]);
            case FLOAT8_E4M3FN -> SmallFloats.fromE4m3fn(((byte[]) array)[index]);
            case FLOAT8_E5M2 -> SmallFloats.fromE5m2(((byte[]) array)[index]);
            case UINT64 -> {
                long x = ((long[]) array)[index];
                yield x >= 0 ? x : ((x >>> 1) | (x & 1)) * 2.0;
            }
            default -> getLong(dtype, array, index);
        };
    }

    /** The element at an index as a long; fractions are cut off, uint64 keeps its bits. */
    public static long getLong(DType dtype, Object array, int index) {
        return switch (dtype) {
            case BOOL, INT8 -> ((byte[]) array)[index];
            case UINT8 -> ((byte[]) array)[index] & 0xFF;
            case INT16 -> ((short[]) array)[index];
            case UINT16 -> ((short[]) array)[index] & 0xFFFF;
            case INT32 -> ((int[]) array)[index];
            case UINT32 -> ((int[]) array)[index] & 0xFFFF_FFFFL;
            case INT64, UINT64 -> ((long[]) array)[index];
            case STRING ->
                    throw new TensorException(
                            "a string is not a number", "use toStrings(), or parse the strings");
            default -> (long) get(dtype, array, index);
        };
    }

    /**
     * Stores a number: rounded for floating types, cut off and wrapped for integers, non-zero is
     * true.
     */
    public static void put(DType dtype, Object array, int index, double value) {
        switch (dtype) {
            case FLOAT32 -> ((float[]) array)[index] = (float) value;
            case FLOAT64 -> ((double[]) array)[index] = value;
            case COMPLEX64 -> {
                ((float[]) array)[2 * index] = (float) value;
                ((float[]) array)[2 * index + 1] = 0;
            }
            case COMPLEX128 -> {
                ((double[]) array)[2 * index] = value;
                ((double[]) array)[2 * index + 1] = 0;
            }
            case FLOAT16 -> ((short[]) array)[index] = SmallFloats.toFloat16(value);
            case BFLOAT16 -> ((short[]) array)[index] = SmallFloats.toBfloat16((float) value);
            case FLOAT8_E4M3FN -> ((byte[]) array)[index] = SmallFloats.toE4m3fn((float) value);
            case FLOAT8_E5M2 -> ((byte[]) array)[index] = SmallFloats.toE5m2((float) value);
            case BOOL -> ((byte[]) array)[index] = (byte) (value != 0 ? 1 : 0);
            case UINT64 ->
                    ((long[]) array)[index] =
                            value >= 0x1p63
                                    ? (long) (value - 0x1p63) ^ Long.MIN_VALUE
                                    : (long) value;
            default -> putLong(dtype, array, index, (long) value);
        }
    }

    /** Stores an integer: wrapped for integer types, rounded for floating ones. */
    public static void putLong(DType dtype, Object array, int index, long value) {
        switch (dtype) {
            case INT8, UINT8 -> ((byte[]) array)[index] = (byte) value;
            case INT16, UINT16 -> ((short[]) array)[index] = (short) value;
            case INT32, UINT32 -> ((int[]) array)[index] = (int) value;
            case INT64, UINT64 -> ((long[]) array)[index] = value;
            case STRING -> throw new TensorException("a number can't be stored in a string tensor");
            default -> put(dtype, array, index, (double) value);
        }
    }
}
