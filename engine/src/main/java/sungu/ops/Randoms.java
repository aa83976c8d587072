package sungu.ops;

import sungu.primitive.RandomFill;
import sungu.primitive.RandomFill.Distribution;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.Context;

/** Random numbers determined by a seed, an integer tensor of shape [2]: bit for bit those of TensorFlow's stateless operations. */
public final class Randoms {
    private Randoms() {}

    private static Tensor standard(Distribution distribution, Shape shape, Tensor seed, DType dtype) {
        return Context.bind(new RandomFill(distribution, dtype, shape), seed);
    }

    /** Uniform numbers from {@code min} (inclusive) to {@code max}. */
    public static Tensor statelessUniform(Shape shape, Tensor seed, double min, double max, DType dtype) {
        var low = Tensor.full(Shape.SCALAR, min, dtype);
        var range = Tensor.full(Shape.SCALAR, max, dtype).minus(low);
        return standard(Distribution.UNIFORM, shape, seed, dtype).times(range).plus(low);
    }

    /** Normal numbers. */
    public static Tensor statelessNormal(Shape shape, Tensor seed, double mean, double stddev, DType dtype) {
        return standard(Distribution.NORMAL, shape, seed, dtype).times(stddev).plus(mean);
    }

    /** Normal numbers, drawn again where they are more than two deviations from the mean. */
    public static Tensor statelessTruncatedNormal(Shape shape, Tensor seed, double mean, double stddev, DType dtype) {
        return standard(Distribution.TRUNCATED_NORMAL, shape, seed, dtype).times(stddev).plus(mean);
    }
}
