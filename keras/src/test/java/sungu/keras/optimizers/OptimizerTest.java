package sungu.keras.optimizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.keras.Weight;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.Serialization;
import sungu.keras.schedules.ExponentialDecay;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.TracedFunction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class OptimizerTest {
    private static Weight weight() {
        return new Weight(Tensor.ofFloats(1, 2), "kernel", "dense");
    }

    @Test
    void gradient_descent_with_momentum() {
        var w = weight();
        var sgd = new SGD().learningRate(0.1).momentum(0.9);
        sgd.apply(List.of(Tensor.ofFloats(1, 1)), List.of(w));
        sgd.apply(List.of(Tensor.ofFloats(1, 1)), List.of(w));
        assertArrayEquals(new float[] {0.71f, 1.71f}, w.toFloats(), 1e-6f);
    }

    @Test
    void first_step_of_adam_is_the_learning_rate() {
        var w = weight();
        new Adam().learningRate(0.5).apply(List.of(Tensor.ofFloats(3, -7)), List.of(w));
        assertArrayEquals(new float[] {0.5f, 2.5f}, w.toFloats(), 1e-5f);
    }

    @Test
    void state_paths_are_those_of_keras() {
        KerasConfig.clearSession();
        var adam = new Adam();
        adam.build(List.of(weight()));
        assertEquals(
                "[adam/iteration, adam/learning_rate, adam/dense_kernel_momentum,"
                        + " adam/dense_kernel_velocity]",
                adam.variables().stream().map(Weight::path).toList().toString());
    }

    @Test
    void each_optimizer_runs_traced_as_eagerly() {
        for (var name : Optimizers.CATALOGUE.names()) {
            assertArrayEquals(
                    steps(Optimizers.of(name), false),
                    steps(Optimizers.of(name), true),
                    1e-6f,
                    name);
        }
        assertArrayEquals(steps(accumulating(), false), steps(accumulating(), true), 1e-6f);
    }

    private static Optimizer accumulating() {
        return new Adam()
                .gradientAccumulationSteps(2)
                .useEma(true)
                .emaOverwriteFrequency(2)
                .globalClipnorm(1.0)
                .weightDecay(0.1);
    }

    private static float[] steps(Optimizer optimizer, boolean traced) {
        var weights =
                List.of(
                        new Weight(
                                Tensor.of(new float[][] {{1, -2}, {0.5f, 3}, {1, 1}}),
                                "kernel",
                                "dense"),
                        weight());
        optimizer.build(weights);
        var step =
                TracedFunction.of(
                        "step",
                        inputs -> {
                            optimizer.apply(List.of(inputs), weights);
                            return new Tensor[0];
                        });
        var values = new ArrayList<Float>();
        for (int i = 1; i <= 4; i++) {
            var gradients =
                    new Tensor[] {
                        Tensor.of(new float[][] {{i, 0.1f}, {-1, 0.3f * i}, {0.2f, -i}}),
                        Tensor.ofFloats(0.5f, -i)
                    };
            if (traced) {
                step.call(gradients);
            } else {
                optimizer.apply(List.of(gradients), weights);
            }
        }
        weights.forEach(w -> {
            for (float value : w.toFloats()) {
                values.add(value);
            }
        });
        var all = new float[values.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = values.get(i);
        }
        return all;
    }

    @Test
    void missing_gradients_leave_weights_alone() {
        var weights = List.of(weight(), weight());
        var gradients = new ArrayList<Tensor>();
        gradients.add(null);
        gradients.add(Tensor.ofFloats(1, 1));
        new SGD().learningRate(1).apply(gradients, weights);
        assertArrayEquals(new float[] {1, 2}, weights.get(0).toFloats());
        assertArrayEquals(new float[] {0, 1}, weights.get(1).toFloats());
    }

    @Test
    void the_learning_rate_can_be_changed_in_use() {
        var w = weight();
        var sgd = new SGD().learningRate(1);
        sgd.apply(List.of(Tensor.ofFloats(1, 1)), List.of(w));
        sgd.learningRate(0.5);
        sgd.apply(List.of(Tensor.ofFloats(1, 1)), List.of(w));
        assertArrayEquals(new float[] {-0.5f, 0.5f}, w.toFloats(), 1e-6f);
        var error = assertThrows(TensorException.class, () -> sgd.momentum(0.5));
        assertTrue(error.problem().contains("momentum"), error.problem());
    }

    @Test
    void schedules_follow_the_steps() {
        var w = weight();
        var sgd = new SGD().learningRate(new ExponentialDecay(1, 1, 0.5));
        sgd.apply(List.of(Tensor.ofFloats(1, 1)), List.of(w));
        sgd.apply(List.of(Tensor.ofFloats(1, 1)), List.of(w));
        assertArrayEquals(new float[] {-0.5f, 0.5f}, w.toFloats(), 1e-6f);
        assertThrows(TensorException.class, () -> sgd.assignLearningRate(0.1));
    }

    @Test
    void configs_are_keras_and_read_back() {
        var adam = new Adam().learningRate(0.001).name("a").clipnorm(1.0);
        assertEquals(
                "{name=a, learning_rate=0.0010000000474974513, weight_decay=null, clipnorm=1.0,"
                    + " global_clipnorm=null, clipvalue=null, use_ema=false, ema_momentum=0.99,"
                    + " ema_overwrite_frequency=null, loss_scale_factor=null,"
                    + " gradient_accumulation_steps=null, beta_1=0.9, beta_2=0.999, epsilon=1.0E-7,"
                    + " amsgrad=false}",
                adam.config().toString());
        var again = Serialization.deserialize(Serialization.serialize(adam), Optimizer.class);
        assertEquals(adam.config(), again.config());
        var error =
                assertThrows(TensorException.class, () -> Adam.TYPE.create(Map.of("beta1", 0.5)));
        assertEquals("Adam: unknown argument 'beta1'", error.problem());
    }

    @Test
    void only_one_sort_of_clipping() {
        var error =
                assertThrows(
                        TensorException.class,
                        () -> new SGD().clipnorm(1.0).clipvalue(1.0).build(List.of(weight())));
        assertTrue(error.problem().startsWith("Only one of `clipnorm`"), error.problem());
    }
}
