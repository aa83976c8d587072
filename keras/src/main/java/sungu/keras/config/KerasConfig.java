package sungu.keras.config;

import org.jspecify.annotations.Nullable;

import sungu.tensor.DType;
import sungu.tensor.TensorException;

import java.util.HashMap;
import java.util.Map;

/**
 * Keras' global settings, and the counters behind automatic names. There is no other global state;
 * {@link #clearSession} resets the counters and the seed.
 */
public final class KerasConfig {
    private static final Map<String, Integer> COUNTERS = new HashMap<>();
    private static DType floatx = DType.FLOAT32;
    private static double epsilon = 1e-7;
    private static String imageDataFormat = "channels_last";
    private static @Nullable DTypePolicy policy;
    private static @Nullable Long seed;

    private KerasConfig() {}

    /** The default floating dtype. */
    public static synchronized DType floatx() {
        return floatx;
    }

    /** Sets the default floating dtype: float16, bfloat16, float32 or float64. */
    public static synchronized void floatx(DType dtype) {
        if (!dtype.isFloating() || dtype.bytes() == 1) {
            throw new TensorException(
                    "floatx must be one of float16, bfloat16, float32 and float64, got " + dtype);
        }
        floatx = dtype;
    }

    /** The small number that keeps logarithms and divisions finite. */
    public static synchronized double epsilon() {
        return epsilon;
    }

    /** Sets the small number that keeps logarithms and divisions finite. */
    public static synchronized void epsilon(double value) {
        epsilon = value;
    }

    /** {@code channels_last} or {@code channels_first}. */
    public static synchronized String imageDataFormat() {
        return imageDataFormat;
    }

    /** Sets {@code channels_last} or {@code channels_first}. */
    public static synchronized void imageDataFormat(String format) {
        if (!format.equals("channels_last") && !format.equals("channels_first")) {
            throw new TensorException(
                    "the image data format must be 'channels_last' or 'channels_first', got '"
                            + format
                            + "'");
        }
        imageDataFormat = format;
    }

    /** The policy of layers that have none of their own. */
    public static synchronized DTypePolicy dtypePolicy() {
        return policy != null ? policy : DTypePolicy.of(floatx.label());
    }

    /**
     * Sets the policy of layers that have none of their own; null for that of {@link #floatx()}.
     */
    public static synchronized void dtypePolicy(@Nullable DTypePolicy global) {
        policy = global;
    }

    /** The global seed; null if none is set. */
    public static synchronized @Nullable Long seed() {
        return seed;
    }

    /** Sets the global seed, which all random numbers without a seed of their own come from. */
    public static synchronized void seed(@Nullable Long global) {
        seed = global;
    }

    /** A name not given out before: {@code dense}, {@code dense_1}, {@code dense_2}... */
    public static synchronized String uniqueName(String prefix) {
        int count = COUNTERS.merge(prefix, 1, Integer::sum) - 1;
        return count == 0 ? prefix : prefix + "_" + count;
    }

    /** Forgets the names given out and the seed. */
    public static synchronized void clearSession() {
        COUNTERS.clear();
        seed = null;
    }
}
