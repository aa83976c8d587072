package sungu.tensor;

/**
 * Conversions of the floating-point types that Java lacks: bfloat16 and the two 8-bit forms of the
 * OCP 8-bit floating point specification, with round to nearest even, as ml_dtypes does them.
 */
public final class SmallFloats {
    private SmallFloats() {}

    /** The bfloat16 nearest to a float. */
    public static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (value != value) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    /** The float with the value of a bfloat16. */
    public static float fromBfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The float16 nearest to a double, rounded by way of float as TensorFlow's casts do. */
    public static short toFloat16(double value) {
        return Float.floatToFloat16((float) value);
    }

    /** The float8 (4 exponent bits, no infinities) nearest to a float; out of range gives NaN. */
    public static byte toE4m3fn(float value) {
        return toSmall(value, 4, 3, 7, 0x7E, 0x7F);
    }

    /** The float with the value of a float8 with 4 exponent bits. */
    public static float fromE4m3fn(byte bits) {
        if ((bits & 0x7F) == 0x7F) {
            return Float.NaN;
        }
        return fromSmall(bits, 3, 7);
    }

    /** The float8 (5 exponent bits) nearest to a float; out of range gives infinity. */
    public static byte toE5m2(float value) {
        if (value != value) {
            return (byte) (Float.floatToRawIntBits(value) < 0 ? 0xFE : 0x7E);
        }
        return toSmall(value, 5, 2, 15, 0x7B, 0x7C);
    }

    /** The float with the value of a float8 with 5 exponent bits. */
    public static float fromE5m2(byte bits) {
        int magnitude = bits & 0x7F;
        if (magnitude > 0x7C) {
            return Float.NaN;
        }
        if (magnitude == 0x7C) {
            return bits < 0 ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        }
        return fromSmall(bits, 2, 15);
    }

    private static float fromSmall(byte bits, int mantissaBits, int bias) {
        int exponent = (bits & 0x7F) >> mantissaBits;
        int mantissa = bits & ((1 << mantissaBits) - 1);
        float magnitude =
                exponent == 0
                        ? Math.scalb((float) mantissa, 1 - bias - mantissaBits)
                        : Math.scalb(
                                (float) (mantissa | (1 << mantissaBits)),
                                exponent - bias - mantissaBits);
        return bits < 0 ? -magnitude : magnitude;
    }

    private static byte toSmall(
            float value, int exponentBits, int mantissaBits, int bias, int largest, int overflow) {
        int sign = Float.floatToRawIntBits(value) < 0 ? 0x80 : 0;
        float magnitude = Math.abs(value);
        if (magnitude != magnitude) {
            return (byte) (sign | overflow);
        }
        if (magnitude == 0) {
            return (byte) sign;
        }
        int exponent = Math.max(Math.getExponent(magnitude), 1 - bias);
        if (exponent > (1 << exponentBits) - bias) {
            return (byte) (sign | overflow);
        }
        // In units of the last place: a mantissa that rounds up to the next power of two carries
        // into the exponent by itself.
        int units = (int) Math.rint(Math.scalb((double) magnitude, mantissaBits - exponent));
        int code = units + ((exponent + bias - 1) << mantissaBits);
        return (byte) (sign | (code > largest ? overflow : code));
    }
}
