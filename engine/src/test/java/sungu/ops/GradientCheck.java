package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import sungu.gradient.GradientTape;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Compares the gradients of functions of float64 tensors with central differences, to the second
 * order.
 */
final class GradientCheck {
    private static final double STEP = 1e-5;

    private GradientCheck() {}

    /** A float64 tensor of normally distributed numbers. */
    static Tensor random(Random random, int... dims) {
        var shape = Shape.of(dims);
        var values = new double[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return Movements.reshape(Tensor.of(values), shape);
    }

    /** Checks the first and the second order gradient of a function by all its inputs. */
    static void check(Function<Tensor[], Tensor> function, Tensor... inputs) {
        var random = new Random(7);
        Function<Tensor[], Tensor> scalar = weighted(function, random, inputs);
        first(scalar, inputs);
        var weights = new Tensor[inputs.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random(random, inputs[i].shape().dims());
        }
        first(
                x -> {
                    var gradients = gradient(scalar, x);
                    var sum = Tensor.zeros(Shape.SCALAR, DType.FLOAT64);
                    for (int i = 0; i < x.length; i++) {
                        sum = sum.plus(gradients.get(i).times(weights[i]).sum());
                    }
                    return sum;
                },
                inputs);
    }

    private static Function<Tensor[], Tensor> weighted(
            Function<Tensor[], Tensor> function, Random random, Tensor... inputs) {
        var weights = random(random, function.apply(inputs).shape().dims());
        return x -> {
            var y = function.apply(x);
            return y.times(weights).plus(y.times(y).times(0.5)).sum();
        };
    }

    private static List<Tensor> gradient(Function<Tensor[], Tensor> scalar, Tensor... inputs) {
        try (var tape = new GradientTape()) {
            for (var input : inputs) {
                tape.watch(input);
            }
            return tape.gradientOrZeros(scalar.apply(inputs), List.of(inputs));
        }
    }

    private static void first(Function<Tensor[], Tensor> scalar, Tensor... inputs) {
        var gradients = gradient(scalar, inputs);
        for (int i = 0; i < inputs.length; i++) {
            assertEquals(inputs[i].type(), gradients.get(i).type());
            var found = gradients.get(i).toDoubles();
            for (int j = 0; j < found.length; j++) {
                double slope =
                        (moved(scalar, inputs, i, j, STEP) - moved(scalar, inputs, i, j, -STEP))
                                / (2 * STEP);
                assertEquals(
                        slope,
                        found[j],
                        1e-5 * (1 + Math.abs(slope)),
                        "input " + i + ", element " + j);
            }
        }
    }

    private static double moved(
            Function<Tensor[], Tensor> scalar, Tensor[] inputs, int input, int element, double by) {
        var changed = inputs.clone();
        var values = inputs[input].toDoubles();
        values[element] += by;
        changed[input] = Movements.reshape(Tensor.of(values), inputs[input].shape());
        return scalar.apply(changed).doubleValue();
    }
}
