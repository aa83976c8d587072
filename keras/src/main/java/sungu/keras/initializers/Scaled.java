package sungu.keras.initializers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Setting;
import sungu.ops.Randoms;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.List;

/**
 * The mechanism of all initializers whose variance depends on the number of inputs and outputs of a
 * weight.
 */
abstract class Scaled<S extends Scaled<S>> extends RandomInitializer<S> {
    static final Setting<List<Integer>> INPUT_AXES = Setting.ints("input_axes").optional();
    static final Setting<List<Integer>> OUTPUT_AXES = Setting.ints("output_axes").optional();

    /**
     * The standard deviation of a standard normal variable cut off at two deviations:
     * scipy.stats.truncnorm.std(-2, 2).
     */
    private static final double TRUNCATED_DEVIATION = 0.8796256610342398;

    final Tensor scaled(double scale, String mode, String distribution, Shape shape, DType dtype) {
        double fan =
                switch (mode) {
                    case "fan_in" -> fanIn(shape);
                    case "fan_out" -> fanOut(shape);
                    default -> (fanIn(shape) + fanOut(shape)) / 2;
                };
        double variance = scale / Math.max(1, fan);
        return switch (distribution) {
            case "uniform" -> {
                double limit = Math.sqrt(3 * variance);
                yield Randoms.statelessUniform(shape, seedPair(), -limit, limit, dtype);
            }
            case "untruncated_normal" ->
                    Randoms.statelessNormal(shape, seedPair(), 0, Math.sqrt(variance), dtype);
            default ->
                    Randoms.statelessTruncatedNormal(
                            shape, seedPair(), 0, Math.sqrt(variance) / TRUNCATED_DEVIATION, dtype);
        };
    }

    private double fanIn(Shape shape) {
        return fan(shape, find(INPUT_AXES), find(OUTPUT_AXES), -2);
    }

    private double fanOut(Shape shape) {
        return fan(shape, find(OUTPUT_AXES), find(INPUT_AXES), -1);
    }

    /**
     * Of a matrix its rows or columns; of a convolution kernel its channels times the size of a
     * window.
     */
    private static double fan(
            Shape shape, @Nullable List<Integer> axes, @Nullable List<Integer> others, int axis) {
        if (axes != null && others != null) {
            return axes.stream().mapToDouble(shape::dim).reduce(1, (a, b) -> a * b);
        }
        if (shape.rank() < 2) {
            return shape.rank() == 0 ? 1 : shape.dim(0);
        }
        double window = 1;
        for (int i = 0; i < shape.rank() - 2; i++) {
            window *= shape.dim(i);
        }
        return window * shape.dim(axis);
    }
}
