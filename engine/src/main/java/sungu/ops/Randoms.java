package sungu.ops;

import sungu.primitive.RandomFill;
import sungu.primitive.RandomSample;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

/**
 * Random numbers determined by a seed, an integer tensor of shape [2]: those of TensorFlow's
 * stateless operations, integers and uniform numbers bit for bit, normal ones up to the rounding of
 * log, sin and cos.
 */
public final class Randoms {
    private Randoms() {}

    private static Tensor standard(
            RandomFill.Distribution distribution, Shape shape, Tensor seed, DType dtype) {
        return Context.bind(new RandomFill(distribution, dtype, shape), seed);
    }

    /** Integers that use all bits of their type: int32, uint32, int64 or uint64. */
    public static Tensor statelessBits(Shape shape, Tensor seed, DType dtype) {
        if (dtype != DType.INT32
                && dtype != DType.UINT32
                && dtype != DType.INT64
                && dtype != DType.UINT64) {
            throw new TensorException(
                    "statelessBits: makes int32, uint32, int64 or uint64, not " + dtype);
        }
        return standard(RandomFill.Distribution.BITS, shape, seed, dtype);
    }

    /** Integers, int32 or int64, from {@code min} (inclusive) to {@code max}. */
    public static Tensor statelessIntegers(
            Shape shape, Tensor seed, long min, long max, DType dtype) {
        boolean narrow = dtype == DType.INT32;
        if (narrow && (min != (int) min || max != (int) max)) {
            throw new TensorException(
                    "statelessIntegers: the range from "
                            + min
                            + " to "
                            + max
                            + " does not fit in int32",
                    "make int64");
        }
        return narrow
                ? statelessIntegers(shape, seed, Tensor.of((int) min), Tensor.of((int) max), dtype)
                : statelessIntegers(shape, seed, Tensor.of(min), Tensor.of(max), dtype);
    }

    /**
     * Integers, int32 or int64, from the scalar {@code min} (inclusive) to the scalar {@code max},
     * both of that dtype.
     */
    public static Tensor statelessIntegers(
            Shape shape, Tensor seed, Tensor min, Tensor max, DType dtype) {
        return Context.bind(
                new RandomSample(RandomSample.Distribution.INTEGERS, dtype, shape), seed, min, max);
    }

    /** Uniform floating-point numbers from {@code min} (inclusive) to {@code max}. */
    public static Tensor statelessUniform(
            Shape shape, Tensor seed, double min, double max, DType dtype) {
        return statelessUniform(
                shape,
                seed,
                Tensor.full(Shape.SCALAR, min, dtype),
                Tensor.full(Shape.SCALAR, max, dtype),
                dtype);
    }

    /**
     * Uniform floating-point numbers from {@code min} (inclusive) to {@code max}, which broadcast
     * to the shape.
     */
    public static Tensor statelessUniform(
            Shape shape, Tensor seed, Tensor min, Tensor max, DType dtype) {
        requireFloating("statelessUniform", dtype);
        return standard(RandomFill.Distribution.UNIFORM, shape, seed, dtype)
                .times(max.minus(min))
                .plus(min);
    }

    /** Normal numbers. */
    public static Tensor statelessNormal(
            Shape shape, Tensor seed, double mean, double stddev, DType dtype) {
        requireFloating("statelessNormal", dtype);
        return standard(RandomFill.Distribution.NORMAL, shape, seed, dtype)
                .times(stddev)
                .plus(mean);
    }

    /** Normal numbers of means and deviations that broadcast to the shape. */
    public static Tensor statelessNormal(
            Shape shape, Tensor seed, Tensor mean, Tensor stddev, DType dtype) {
        requireFloating("statelessNormal", dtype);
        return standard(RandomFill.Distribution.NORMAL, shape, seed, dtype)
                .times(stddev)
                .plus(mean);
    }

    /** Normal numbers, drawn again where they are more than two deviations from the mean. */
    public static Tensor statelessTruncatedNormal(
            Shape shape, Tensor seed, double mean, double stddev, DType dtype) {
        requireFloating("statelessTruncatedNormal", dtype);
        return standard(RandomFill.Distribution.TRUNCATED_NORMAL, shape, seed, dtype)
                .times(stddev)
                .plus(mean);
    }

    /**
     * Normal numbers of means and deviations that broadcast to the shape, drawn again beyond two
     * deviations.
     */
    public static Tensor statelessTruncatedNormal(
            Shape shape, Tensor seed, Tensor mean, Tensor stddev, DType dtype) {
        requireFloating("statelessTruncatedNormal", dtype);
        return standard(RandomFill.Distribution.TRUNCATED_NORMAL, shape, seed, dtype)
                .times(stddev)
                .plus(mean);
    }

    /**
     * Gamma numbers of shape parameters {@code alpha} and rate 1; see {@link #statelessGamma(Shape,
     * Tensor, Tensor, Tensor)}.
     */
    public static Tensor statelessGamma(Shape shape, Tensor seed, Tensor alpha) {
        var numbers =
                Context.bind(
                        new RandomSample(RandomSample.Distribution.GAMMA, alpha.dtype(), shape),
                        seed,
                        alpha);
        return positive(numbers);
    }

    /**
     * Gamma numbers of the dtype of their parameters, never 0, with a gradient by both parameters.
     *
     * @param shape its last dimensions are those of the parameters
     * @param alpha the shape parameters
     * @param beta the rates; they broadcast with {@code alpha}
     */
    public static Tensor statelessGamma(Shape shape, Tensor seed, Tensor alpha, Tensor beta) {
        var full = Movements.broadcastTo(alpha, Shape.broadcast(alpha.shape(), beta.shape()));
        return positive(
                Context.bind(
                                new RandomSample(
                                        RandomSample.Distribution.GAMMA, alpha.dtype(), shape),
                                seed,
                                full)
                        .div(beta));
    }

    /** TensorFlow keeps gamma numbers at the smallest normal number of their type or more. */
    private static Tensor positive(Tensor numbers) {
        double tiny =
                switch (numbers.dtype()) {
                    case FLOAT64 -> Double.MIN_NORMAL;
                    case FLOAT16 -> 0x1p-14;
                    default -> Float.MIN_NORMAL;
                };
        return Elements.maximum(Elements.weak(tiny, numbers), numbers);
    }

    /**
     * Binomial numbers.
     *
     * @param shape its last dimensions are those of the parameters
     * @param counts the numbers of trials, floating
     * @param probabilities the probabilities of success, of the same dtype; they broadcast with
     *     {@code counts}
     * @param dtype of the result: int32, int64 or floating
     */
    public static Tensor statelessBinomial(
            Shape shape, Tensor seed, Tensor counts, Tensor probabilities, DType dtype) {
        var joint = Shape.broadcast(counts.shape(), probabilities.shape());
        return Context.bind(
                new RandomSample(RandomSample.Distribution.BINOMIAL, dtype, shape),
                seed,
                Movements.broadcastTo(counts, joint),
                Movements.broadcastTo(probabilities, joint));
    }

    /**
     * Poisson numbers of rates, floating, whose dimensions are the last of the shape; the result is
     * int32, int64 or floating.
     */
    public static Tensor statelessPoisson(Shape shape, Tensor seed, Tensor rates, DType dtype) {
        return Context.bind(
                new RandomSample(RandomSample.Distribution.POISSON, dtype, shape), seed, rates);
    }

    /**
     * For each row of logits so many class numbers, int32 or int64, drawn with probabilities
     * proportional to exp(logits).
     */
    public static Tensor statelessCategorical(
            Tensor logits, int samples, Tensor seed, DType dtype) {
        if (logits.rank() != 2) {
            throw new TensorException(
                    "statelessCategorical: logits must be a matrix, got " + logits.type());
        }
        var shape = Shape.of(logits.shape().dim(0), samples);
        return Context.bind(
                new RandomSample(RandomSample.Distribution.CATEGORICAL, dtype, shape),
                seed,
                logits);
    }

    /**
     * The parts along an axis in random order, as {@code keras.random.shuffle} on TensorFlow: the
     * order that sorts uniform float32 numbers of that seed.
     */
    public static Tensor statelessShuffle(Tensor x, int axis, Tensor seed) {
        int a = x.shape().axis(axis);
        var keys =
                standard(
                        RandomFill.Distribution.UNIFORM,
                        Shape.of(x.shape().dim(a)),
                        seed,
                        DType.FLOAT32);
        return Indexing.gather(x, Sorting.argsort(keys, 0), a);
    }

    private static void requireFloating(String name, DType dtype) {
        if (dtype != DType.FLOAT64
                && dtype != DType.FLOAT32
                && dtype != DType.FLOAT16
                && dtype != DType.BFLOAT16) {
            throw new TensorException(
                    name + ": makes float16, bfloat16, float32 or float64, not " + dtype,
                    dtype.isInteger() ? "use statelessIntegers or statelessBits" : "");
        }
    }
}
