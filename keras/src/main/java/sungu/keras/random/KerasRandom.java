package sungu.keras.random;

import org.jspecify.annotations.Nullable;

import sungu.keras.ops.Operations;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Arrays;
import java.util.Objects;

/**
 * {@code keras.random}: random tensors. The seed is an integer, for the same numbers at each call;
 * a {@link SeedGenerator}, for others at each call; or null, for others at each call that follow
 * from the global seed.
 */
public final class KerasRandom {
    private KerasRandom() {}

    private static Tensor call(String name, @Nullable Object... arguments) {
        return (Tensor)
                Objects.requireNonNull(Operations.require("keras.random." + name).call(arguments));
    }

    private static Object dims(Shape shape) {
        return Arrays.stream(shape.dims()).mapToObj(Long::valueOf).toList();
    }

    /** Uniform numbers from minval (inclusive) to maxval. */
    public static Tensor uniform(Shape shape, double minval, double maxval, @Nullable Object seed) {
        return call("uniform", dims(shape), minval, maxval, null, seed);
    }

    /** Normal numbers. */
    public static Tensor normal(Shape shape, double mean, double stddev, @Nullable Object seed) {
        return call("normal", dims(shape), mean, stddev, null, seed);
    }

    /** Normal numbers, drawn again where they are more than two deviations from the mean. */
    public static Tensor truncatedNormal(
            Shape shape, double mean, double stddev, @Nullable Object seed) {
        return call("truncated_normal", dims(shape), mean, stddev, null, seed);
    }

    /** Integers from minval (inclusive) to maxval (exclusive), int32. */
    public static Tensor randint(Shape shape, long minval, long maxval, @Nullable Object seed) {
        return call("randint", dims(shape), minval, maxval, "int32", seed);
    }

    /** Per row of logits that many indices, drawn with the probabilities softmax(logits). */
    public static Tensor categorical(Tensor logits, int samples, @Nullable Object seed) {
        return call("categorical", logits, (long) samples, "int32", seed);
    }

    /** The slices along an axis in random order. */
    public static Tensor shuffle(Tensor x, int axis, @Nullable Object seed) {
        return call("shuffle", x, (long) axis, seed);
    }

    /** A share of the elements set to zero, the others scaled up. */
    public static Tensor dropout(Tensor x, double rate, @Nullable Object seed) {
        return call("dropout", x, rate, null, seed);
    }
}
