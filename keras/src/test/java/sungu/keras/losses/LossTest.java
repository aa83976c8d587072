package sungu.keras.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.keras.config.Serialization;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.Variable;

class LossTest {
    private static final Tensor T = Tensor.of(new float[][] {{0, 1}, {0, 0}});
    private static final Tensor P = Tensor.of(new float[][] {{1, 1}, {1, 0}});

    @Test
    void mean_squared_error_is_reduced_over_the_batch() {
        assertEquals(0.5, Losses.meanSquaredError().apply(T, P).doubleValue(), 1e-7);
        assertEquals(
                1.0, Losses.meanSquaredError().reduction("sum").apply(T, P).doubleValue(), 1e-7);
        assertArrayEquals(
                new float[] {0.5f, 0.5f},
                Losses.meanSquaredError().reduction(null).apply(T, P).toFloats(),
                1e-7f);
    }

    @Test
    void weights_multiply_and_their_sum_divides_where_asked() {
        var weights = Tensor.ofFloats(0.7f, 0.3f);
        assertEquals(0.25, Losses.meanSquaredError().apply(T, P, weights).doubleValue(), 1e-6);
        assertEquals(
                0.5,
                Losses.meanSquaredError()
                        .reduction("mean_with_sample_weight")
                        .apply(T, P, weights)
                        .doubleValue(),
                1e-6);
    }

    @Test
    void masked_samples_do_not_count() {
        var masked = P.withMask(Tensor.of(new boolean[] {true, false}));
        var far = Tensor.of(new float[][] {{0, 1}, {100, 100}});
        assertEquals(0.5, Losses.meanSquaredError().apply(far, masked).doubleValue(), 1e-6);
    }

    @Test
    void integer_targets_are_cast() {
        var loss = Losses.sparseCategoricalCrossentropy();
        var p = Tensor.of(new float[][] {{0.05f, 0.95f, 0}, {0.1f, 0.8f, 0.1f}});
        assertEquals(1.1769392, loss.apply(Tensor.ofInts(1, 2), p).doubleValue(), 1e-5);
        var column = Tensor.of(new long[][] {{1}, {2}});
        assertEquals(1.1769392, loss.apply(column, p).doubleValue(), 1e-5);
    }

    @Test
    void cross_entropy_of_large_logits_is_finite() {
        var x = new Variable(Tensor.of(new float[][] {{1000, -1000}}));
        try (var tape = new GradientTape()) {
            var loss =
                    Losses.categoricalCrossentropy()
                            .fromLogits(true)
                            .apply(Tensor.of(new float[][] {{0, 1}}), x.value());
            assertEquals(2000, loss.doubleValue(), 1e-3);
            assertArrayEquals(new float[] {1, -1}, tape.gradient(loss, x).toFloats(), 1e-6f);
        }
    }

    @Test
    void names_and_aliases_find_losses() {
        for (var name : new String[] {"mse", "MSE", "mean_squared_error", "MeanSquaredError"}) {
            assertTrue(Losses.of(name) instanceof MeanSquaredError, name);
        }
        assertTrue(Losses.of("kl_divergence") instanceof KLDivergence);
        var error = assertThrows(TensorException.class, () -> Losses.of("mean_square_error"));
        assertEquals("unknown loss 'mean_square_error'", error.problem());
        assertTrue(error.hint().contains("MeanSquaredError"), error.hint());
    }

    @Test
    void lambdas_are_losses() {
        var loss = Loss.of("distance", (t, p) -> t.minus(p).abs().mean(-1));
        assertEquals(0.5, loss.apply(T, P).doubleValue(), 1e-7);
        assertEquals("distance", loss.name());
    }

    @Test
    void configs_are_keras_and_read_back() {
        var loss = Losses.binaryCrossentropy().labelSmoothing(0.1);
        assertEquals(
                "{name=binary_crossentropy, reduction=sum_over_batch_size, from_logits=false,"
                        + " label_smoothing=0.1, axis=-1}",
                loss.config().toString());
        var again = Serialization.deserialize(Serialization.serialize(loss), Loss.class);
        assertEquals(loss.config(), again.config());
    }

    @Test
    void wrong_reduction_names_the_argument() {
        var error = assertThrows(TensorException.class, () -> Losses.hinge().reduction("average"));
        assertTrue(error.problem().contains("reduction"), error.problem());
    }

    @Test
    void user_subclasses_give_values_per_sample() {
        var loss = new Asymmetric();
        var t = Tensor.zeros(Shape.of(2), DType.FLOAT32);
        assertEquals(
                3.5, loss.reduction("sum").apply(t, Tensor.ofFloats(1, -0.5f)).doubleValue(), 1e-6);
    }

    private static final class Asymmetric extends Loss.Of<Asymmetric> {
        @Override
        protected Tensor call(Tensor yTrue, Tensor yPred) {
            var gap = yPred.minus(yTrue);
            return sungu.ops.Elements.select(gap.greater(0), gap.times(3.0), gap.unaryMinus());
        }
    }
}
