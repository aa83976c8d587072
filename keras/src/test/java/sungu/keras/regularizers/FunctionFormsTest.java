package sungu.keras.regularizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.layers.Dense;
import sungu.ops.Elements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Initializers, regularizers and constraints given as functions. */
class FunctionFormsTest {
    @Test
    void a_layer_takes_functions_for_its_weights() {
        var dense =
                new Dense(2)
                        .kernelInitializer(
                                Initializer.of((shape, dtype) -> Tensor.full(shape, -3, dtype)))
                        .kernelRegularizer(Regularizer.of(kernel -> kernel.abs().sum().times(0.5)))
                        .kernelConstraint(
                                Constraint.of(kernel ->
                                        Elements.maximum(kernel, Elements.weak(-1, kernel))));
        dense.buildFor(Shape.of(1, 3));

        assertEquals(9, dense.losses().getFirst().doubleValue(), 1e-6);
        var kernel = dense.weights().getFirst();
        assertArrayEquals(
                new float[] {-1, -1, -1, -1, -1, -1},
                java.util.Objects.requireNonNull(kernel.constraint())
                        .apply(kernel.value())
                        .toFloats());
    }
}
