package sungu.keras.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.keras.Arguments;
import sungu.keras.Input;
import sungu.keras.Keras;
import sungu.keras.Weight;
import sungu.keras.layers.Activation;
import sungu.keras.layers.BatchNormalization;
import sungu.keras.layers.CallContext;
import sungu.keras.layers.Conv2D;
import sungu.keras.layers.Dense;
import sungu.keras.layers.Dropout;
import sungu.keras.layers.Embedding;
import sungu.keras.layers.Flatten;
import sungu.keras.layers.GlobalAveragePooling1D;
import sungu.keras.layers.LSTM;
import sungu.keras.layers.Layer;
import sungu.keras.layers.LayerNormalization;
import sungu.keras.layers.MaxPooling2D;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

class DirectCallsTest {
    private static final int MANY = 12;

    @BeforeEach
    void seed() {
        Keras.clearSession();
        Keras.setRandomSeed(3);
    }

    private static Tensor numbers(int... dims) {
        var shape = Shape.of(dims);
        return Tensor.of(new Random(9).doubles(shape.size(), -1, 1).toArray())
                .reshape(dims)
                .cast(DType.FLOAT32);
    }

    private static Sequential dense() {
        return Sequential.of(
                Input.shape(20),
                new Dense(33).activation("relu"),
                new Dropout(0.3),
                new LayerNormalization(),
                new Dense(7).activation("softmax"));
    }

    /** Every weight another number: what is folded or left out would show. */
    private static Model scrambled(Model model) {
        var random = new Random(2);
        for (Weight weight : model.weights()) {
            weight.assign(
                    Tensor.of(random.doubles(weight.size(), 0.2, 1.3).toArray())
                            .reshape(weight.shape().dims())
                            .cast(weight.dtype()));
        }
        return model;
    }

    private static float[] layerByLayer(Model model, Tensor x) {
        return model.apply(Arguments.of(x).with("training", false)).only().toFloats();
    }

    /** Calls it often, with zeros first; returns the program that ran, if one did. */
    private static TracedFunction called(Model model, Tensor x) {
        for (int i = 0; i < MANY; i++) {
            model.apply(Tensor.zeros(x.shape(), x.dtype()), false);
            assertArrayEquals(layerByLayer(model, x), model.apply(x, false).toFloats());
        }
        assertArrayEquals(layerByLayer(model, x), model.apply(x).toFloats());
        return model.trainer().predictFunction();
    }

    private static void compiled(Model model, Tensor x) {
        var program = called(scrambled(model), x);
        assertNotNull(program);
        long before = program.runs();
        model.apply(x, false);
        assertEquals(before + 1, program.runs());
    }

    private static void layered(Model model, Tensor x) {
        var program = called(scrambled(model), x);
        long before = program == null ? 0 : program.runs();
        model.apply(x, false);
        assertEquals(before, program == null ? 0 : program.runs());
    }

    @Test
    void librarysOwnLayersRunAsOneProgramWithTheSameBits() {
        compiled(dense(), numbers(1, 20));
        compiled(dense(), numbers(5, 20));
        compiled(
                Sequential.of(
                        Input.shape(8, 8, 2),
                        new Conv2D(5, 3).activation("relu"),
                        new MaxPooling2D(2),
                        new Flatten(),
                        new Dense(3)),
                numbers(4, 8, 8, 2));
        compiled(Sequential.of(Input.shape(6, 4), new LSTM(5), new Dense(2)), numbers(3, 6, 4));
        compiled(
                Sequential.of(
                        Input.shape(6),
                        new Embedding(10, 4),
                        new GlobalAveragePooling1D(),
                        new Dense(2)),
                Tensor.of(new int[] {1, 2, 3, 4, 5, 9}).reshape(1, 6));
    }

    @Test
    void weightsAreReadAtEachCall() {
        var model = dense();
        var x = numbers(2, 20);
        compiled(model, x);
        for (var weight : model.weights()) {
            weight.assign(weight.times(0.5));
        }
        assertArrayEquals(layerByLayer(model, x), model.apply(x, false).toFloats());
    }

    @Test
    void scalesThatWouldBeFoldedIntoKernelsKeepTheCallsLayered() {
        layered(
                Sequential.of(Input.shape(8, 8, 2), new Conv2D(5, 3), new BatchNormalization()),
                numbers(2, 8, 8, 2));
    }

    /** Does what users' layers do: looks at values, counts. */
    private static final class Counting extends Layer {
        final AtomicInteger count = new AtomicInteger();

        @Override
        protected Tensor call(Tensor x, CallContext context) {
            count.incrementAndGet();
            return x.times(2);
        }
    }

    @Test
    void usersLayersAreCalledEachTime() {
        var counting = new Counting();
        var model = Sequential.of(Input.shape(3), new Dense(2), counting);
        int before = counting.count.get();
        for (int i = 0; i < 20; i++) {
            model.apply(numbers(1, 3), false);
        }
        assertEquals(before + 20, counting.count.get());
    }

    @Test
    void usersFunctionsAreCalledEachTime() {
        var count = new AtomicInteger();
        var model =
                Sequential.of(
                        Input.shape(3),
                        new Dense(2)
                                .activation(x -> {
                                    count.incrementAndGet();
                                    return x;
                                }),
                        new Activation("relu"));
        int before = count.get();
        for (int i = 0; i < 20; i++) {
            model.apply(numbers(1, 3), false);
        }
        assertEquals(before + 20, count.get());
    }

    @Test
    void masksPenaltiesAndStatesKeepTheCallsLayered() {
        var embedded = Sequential.of(Input.shape(4), new Embedding(10, 3).maskZero(true));
        var x = Tensor.of(new int[] {1, 0, 2, 3}).reshape(1, 4);
        layered(embedded, x);
        assertNotNull(embedded.apply(x, false).mask());
        var penalised = Sequential.of(Input.shape(3), new Dense(2).activityRegularizer("l2"));
        layered(penalised, numbers(1, 3));
        assertEquals(1, penalised.losses().size());
        var stateful =
                Sequential.of(Input.batchShape(1, 4, 3), new LSTM(2).stateful(true), new Dense(2));
        float[] first = stateful.apply(numbers(1, 4, 3), false).toFloats();
        for (int i = 0; i < 20; i++) {
            stateful.apply(numbers(1, 4, 3), false);
        }
        ((LSTM) stateful.layers().getFirst()).resetState();
        assertArrayEquals(first, stateful.apply(numbers(1, 4, 3), false).toFloats());
    }

    @Test
    void tapesTracesAndRunEagerlySeeEveryOperation() {
        var model = dense();
        var x = numbers(1, 20);
        compiled(model, x);
        try (var tape = new GradientTape()) {
            tape.watch(x);
            var y = model.apply(x, false);
            assertNotNull(tape.gradient(y, x));
        }
        assertArrayEquals(
                layerByLayer(model, x),
                TracedFunction.of("outer", in -> new Tensor[] {model.apply(in[0], false)})
                        .call(x)[0]
                        .toFloats());
        model.compile(c -> c.loss("mse").runEagerly(true));
        for (int i = 0; i < MANY; i++) {
            model.apply(x, false);
        }
        assertNull(model.trainer().predictFunction());
    }

    @Test
    void addedLayersCount() {
        var inner = Sequential.of(Input.shape(20), new Dense(5));
        var model = Sequential.of(Input.shape(20), inner);
        var x = numbers(1, 20);
        compiled(model, x);
        assertEquals(Shape.of(1, 5), model.predict(x).shape());
        inner.add(new Dense(2));
        assertEquals(Shape.of(1, 2), model.apply(x, false).shape());
        assertEquals(Shape.of(1, 2), model.predict(x).shape());
    }
}
