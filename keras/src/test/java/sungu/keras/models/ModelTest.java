package sungu.keras.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.keras.Input;
import sungu.keras.Keras;
import sungu.keras.Tensors;
import sungu.keras.Weight;
import sungu.keras.layers.Add;
import sungu.keras.layers.CallContext;
import sungu.keras.layers.Concatenate;
import sungu.keras.layers.Dense;
import sungu.keras.layers.Embedding;
import sungu.keras.layers.Layer;
import sungu.keras.optimizers.SGD;
import sungu.keras.regularizers.L2;
import sungu.keras.training.StepData;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;
import java.util.Map;
import java.util.Objects;

class ModelTest {
    @BeforeEach
    void forgetNames() {
        Keras.clearSession();
    }

    private static Tensor ones(int... dims) {
        return Tensor.ones(Shape.of(dims), DType.FLOAT32);
    }

    private static List<String> paths(Layer layer) {
        return layer.weights().stream().map(Weight::path).toList();
    }

    @Test
    void layersAreAddedAndTakenAway() {
        var model = new Sequential().add(new Dense(4).inputShape(3)).add(new Dense(2));
        assertTrue(model.built());
        assertEquals(
                List.of("dense", "dense_1"), model.layers().stream().map(Layer::name).toList());
        assertEquals(26, model.countParams());
        model.pop();
        assertEquals(16, model.countParams());
        assertEquals(Shape.of(5, 4), model.apply(ones(5, 3)).shape());
    }

    @Test
    void inputDimIsTheSizeOfARow() {
        assertEquals(8, Sequential.of(new Dense(2).inputDim(3)).countParams());
    }

    @Test
    void aModelWithoutInputIsBuiltByItsFirstData() {
        var model = Sequential.of(new Dense(4), new Dense(2));
        assertTrue(!model.built());
        model.apply(ones(5, 3));
        assertEquals(
                List.of(
                        "sequential/dense/kernel",
                        "sequential/dense/bias",
                        "sequential/dense_1/kernel",
                        "sequential/dense_1/bias"),
                paths(model));
    }

    @Test
    void twoLayersOfOneNameAreRefused() {
        var error =
                assertThrows(
                        TensorException.class,
                        () -> Sequential.of(new Dense(1).name("a"), new Dense(1).name("a")));
        assertEquals(
                "Sequential: two layers have the name 'a'\n  hint: give one of them another name",
                error.getMessage());
    }

    @Test
    void functionalWithTwoInputsTwoOutputsAndASharedLayer() {
        var a = Input.shape(3).name("a");
        var b = Input.shape(3).name("b");
        var shared = new Dense(4).name("shared");
        var sum = new Add().apply(List.of(shared.apply(a.tensor()), shared.apply(b.tensor())));
        var model =
                Model.of(
                        List.of(a, b),
                        List.of(
                                new Dense(1).name("p").apply(sum),
                                new Dense(2).name("q").apply(sum)));
        assertEquals(16 + 5 + 10, model.countParams());
        var outputs = model.apply(Tensors.of(ones(2, 3), ones(2, 3))).flat();
        assertEquals(
                List.of(Shape.of(2, 1), Shape.of(2, 2)),
                outputs.stream().map(Tensor::shape).toList());
        var named = model.apply(Tensors.ofNested(Map.of("b", ones(2, 3), "a", ones(2, 3)))).flat();
        assertArrayEquals(outputs.getFirst().toFloats(), named.getFirst().toFloats());
    }

    @Test
    void modelsAreLayersOfModels() {
        var inner = Sequential.of(Input.shape(3), new Dense(4)).name("inner");
        var input = Input.shape(3);
        var model = Model.of(input, new Dense(1).apply(inner.apply(input.tensor())));
        assertEquals(
                List.of("inner/dense/kernel", "inner/dense/bias", "dense_1/kernel", "dense_1/bias"),
                paths(model));
        assertEquals(Shape.of(2, 1), model.apply(ones(2, 3)).shape());
    }

    /** One Dense layer, with a loss of its own. */
    private static final class Plain extends Model {
        private final Dense dense = track("dense", new Dense(1));

        @Override
        protected Tensor call(Tensor x, CallContext context) {
            var y = dense.apply(x);
            addLoss(y.square().mean().times(0.5));
            return y;
        }
    }

    @Test
    void ownModelsHaveNamesPathsAndLosses() {
        var model = new Plain();
        var y = model.apply(ones(4, 2));
        assertEquals(List.of("plain/dense/kernel", "plain/dense/bias"), paths(model));
        assertEquals(1, model.losses().size());
        assertEquals(
                y.get(0, 0).square().doubleValue() / 2,
                model.losses().getFirst().doubleValue(),
                1e-6);
    }

    /** Trains by a step of its own: twice as fast downhill. */
    private static final class OwnStep extends Model {
        private final Dense dense = track("dense", new Dense(1).kernelInitializer("zeros"));

        @Override
        protected Tensor call(Tensor x, CallContext context) {
            return dense.apply(x);
        }

        @Override
        protected void trainStep(StepData data) {
            try (var tape = new GradientTape()) {
                var yPred = apply(data.x().only(), true);
                var loss = computeLoss(data, Tensors.of(yPred));
                var weights = trainableWeights();
                optimizer().apply(tape.gradient(loss.times(2), weights), weights);
                updateMetrics(data, Tensors.of(yPred), loss);
            }
        }
    }

    @Test
    void ownTrainStepIsTraced() {
        var model = new OwnStep();
        model.compile(c -> c.optimizer(new SGD().learningRate(0.1)).loss("mse"));
        var history = model.fit(ones(4, 1), ones(4, 1), f -> f.batchSize(4).verbose(0));
        // The loss is (w + b - 1)^2 with gradient -2 for both, doubled by the step.
        assertEquals(1, history.get("loss").getFirst(), 1e-6);
        assertEquals(0.4, model.weights().getFirst().get(0, 0).doubleValue(), 1e-6);
        assertEquals(1, Objects.requireNonNull(model.trainer().trainFunction()).traces());
    }

    /** Uses a layer that it has not tracked. */
    private static final class Forgetful extends Layer {
        private final Dense inner = new Dense(1);

        @Override
        protected Tensor call(Tensor x, CallContext context) {
            return inner.apply(x);
        }
    }

    @Test
    void aLayerThatIsNotTrackedIsAnError() {
        var error = assertThrows(TensorException.class, () -> new Forgetful().apply(ones(1, 1)));
        assertTrue(
                error.getMessage()
                        .startsWith(
                                "layer 'forgetful' (Forgetful) calls layer 'dense' (Dense), which"
                                        + " it does not track"),
                error.getMessage());
        assertTrue(
                error.getMessage()
                        .endsWith(
                                "hint: register it where it is made: this.inner = track(\"inner\","
                                        + " new Dense(...))"),
                error.getMessage());
    }

    @Test
    void masksPassThroughMergingLayers() {
        var tokens = Tensor.of(new int[][] {{1, 2, 0}, {3, 0, 0}});
        var a = new Embedding(5, 2).maskZero(true).apply(tokens);
        var b = new Embedding(5, 2).maskZero(true).apply(tokens);
        var sum = new Add().apply(List.of(a, b)).mask();
        var joined = new Concatenate().apply(List.of(a, b)).mask();
        assertArrayEquals(
                new boolean[] {true, true, false, true, false, false},
                Objects.requireNonNull(sum).toBooleans());
        assertArrayEquals(
                new boolean[] {true, true, false, true, false, false},
                Objects.requireNonNull(joined).toBooleans());
    }

    @Test
    void regularizersAreLosses() {
        var dense = new Dense(1).kernelInitializer("ones").kernelRegularizer(new L2(0.5));
        dense.apply(ones(1, 4));
        assertEquals(2.0, dense.losses().getFirst().doubleValue(), 1e-6);
    }

    @Test
    void settingsAreFrozenWhenBuilt() {
        var dense = new Dense(1);
        dense.apply(ones(1, 1));
        var error = assertThrows(TensorException.class, () -> dense.useBias(false));
        assertEquals(
                "Dense: 'use_bias' can't be changed any more: the object has been built or used\n"
                        + "  hint: set it before, or make a new object",
                error.getMessage());
        dense.trainable(false);
        assertEquals(0, dense.trainableWeights().size());
    }

    @Test
    void trainableActsAtTheNextCompile() {
        var first = new Dense(2);
        var model = Sequential.of(Input.shape(2), first, new Dense(1));
        model.compile(c -> c.optimizer(new SGD()).loss("mse"));
        model.fit(ones(4, 2), ones(4, 1), f -> f.verbose(0));
        first.trainable(false);
        var before = first.weightValues().getFirst().toFloats();
        model.compile(c -> c.optimizer(new SGD()).loss("mse"));
        model.fit(ones(4, 2), ones(4, 1), f -> f.verbose(0));
        assertArrayEquals(before, first.weightValues().getFirst().toFloats());
    }

    @Test
    void summaryIsThatOfKeras() {
        var input = Input.shape(4).name("in");
        var d1 = new Dense(4).name("d1").apply(input.tensor());
        var skip = new Add().name("skip").apply(List.of(d1, input.tensor()));
        var joined =
                new Concatenate()
                        .name("cat")
                        .apply(List.of(skip, new Dense(3).name("d2").apply(input.tensor())));
        var model = Model.of(input, new Dense(2).name("out").apply(joined)).name("skip_net");
        assertEquals(
                """
                Model: "skip_net"
                ┏━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━┓
                ┃ Layer (type)          ┃ Output Shape      ┃     Param # ┃ Connected to       ┃
                ┡━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━┩
                │ in (InputLayer)       │ (None, 4)         │           0 │ -                  │
                ├───────────────────────┼───────────────────┼─────────────┼────────────────────┤
                │ d1 (Dense)            │ (None, 4)         │          20 │ in[0][0]           │
                ├───────────────────────┼───────────────────┼─────────────┼────────────────────┤
                │ skip (Add)            │ (None, 4)         │           0 │ d1[0][0], in[0][0] │
                ├───────────────────────┼───────────────────┼─────────────┼────────────────────┤
                │ d2 (Dense)            │ (None, 3)         │          15 │ in[0][0]           │
                ├───────────────────────┼───────────────────┼─────────────┼────────────────────┤
                │ cat (Concatenate)     │ (None, 7)         │           0 │ skip[0][0],        │
                │                       │                   │             │ d2[0][0]           │
                ├───────────────────────┼───────────────────┼─────────────┼────────────────────┤
                │ out (Dense)           │ (None, 2)         │          16 │ cat[0][0]          │
                └───────────────────────┴───────────────────┴─────────────┴────────────────────┘
                 Total params: 51 (204.00 B)
                 Trainable params: 51 (204.00 B)
                 Non-trainable params: 0 (0.00 B)
                """,
                Summary.text(model, 80, false, false));
    }
}
