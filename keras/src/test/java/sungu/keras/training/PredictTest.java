package sungu.keras.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import sungu.keras.Input;
import sungu.keras.Keras;
import sungu.keras.layers.BatchNormalization;
import sungu.keras.layers.CallContext;
import sungu.keras.layers.Conv2D;
import sungu.keras.layers.Dense;
import sungu.keras.layers.Embedding;
import sungu.keras.layers.Flatten;
import sungu.keras.layers.Layer;
import sungu.keras.layers.MaxPooling2D;
import sungu.keras.models.Model;
import sungu.keras.models.Sequential;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.util.ArrayList;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class PredictTest {
    @BeforeEach
    void seed() {
        Keras.clearSession();
        Keras.setRandomSeed(7);
    }

    private static Tensor numbers(int... dims) {
        var shape = Shape.of(dims);
        return Tensor.of(new Random(5).doubles(shape.size(), 0, 1).toArray())
                .reshape(dims)
                .cast(DType.FLOAT32);
    }

    private static Sequential dense() {
        return Sequential.of(
                Input.shape(20),
                new Dense(33).activation("relu"),
                new BatchNormalization(),
                new Dense(7).activation("softmax"));
    }

    private static Sequential convolutional() {
        return Sequential.of(
                Input.shape(8, 8, 2),
                new Conv2D(5, 3).activation("relu"),
                new MaxPooling2D(2),
                new Flatten(),
                new Dense(3));
    }

    private static Sequential embedded() {
        return Sequential.of(
                Input.shape(6), new Embedding(10, 4), new Dense(5), new Flatten(), new Dense(2));
    }

    /** Predicts by one program for each number of rows, without padding. */
    private static float[] unpadded(Model model, Tensor x) {
        return TracedFunction.of("plain", in -> new Tensor[] {model.apply(in[0])})
                .call(x)[0]
                .toFloats();
    }

    private static int traces(Model model) {
        return Objects.requireNonNull(model.trainer().predictFunction()).traces();
    }

    @Test
    void manyBatchSizesAreFewTraces() {
        var model = dense();
        var x = numbers(500, 20);
        for (int n = 1; n <= 500; n++) {
            var found =
                    model.predict(
                            Movements.sliceAxis(x, 0, 0, n), p -> p.batchSize(512).verbose(0));
            assertEquals(Shape.of(n, 7), found.shape());
        }
        assertTrue(traces(model) <= 14, () -> traces(model) + " traces");
    }

    @Test
    void paddedResultsHaveTheBitsOfUnpaddedOnes() {
        paddedLikeUnpadded(dense(), numbers(300, 20));
        paddedLikeUnpadded(convolutional(), numbers(300, 8, 8, 2));
        paddedLikeUnpadded(embedded(), numbers(300, 6).times(10).cast(DType.INT32));
    }

    private static void paddedLikeUnpadded(Model model, Tensor x) {
        int[] sizes = {
            3, 20, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 33, 47, 65, 100, 130,
            255, 256, 257, 300
        };
        for (int n : sizes) {
            var rows = Movements.sliceAxis(x, 0, 0, n);
            assertArrayEquals(
                    unpadded(model, rows),
                    model.predict(rows, p -> p.batchSize(512).verbose(0)).toFloats(),
                    () -> n + " rows");
        }
        assertTrue(traces(model) <= 12, () -> traces(model) + " traces");
    }

    /** A layer whose rows depend on one another. */
    private static final class Centered extends Layer {
        @Override
        protected Tensor call(Tensor x, CallContext context) {
            return x.minus(x.mean(0));
        }
    }

    @Test
    void modelsThatMixRowsAreNotPadded() {
        var model = Sequential.of(Input.shape(3), new Dense(4), new Centered());
        var x = numbers(40, 3);
        for (int n = 2; n <= 40; n++) {
            var rows = Movements.sliceAxis(x, 0, 0, n);
            assertArrayEquals(
                    unpadded(model, rows),
                    model.predict(rows, p -> p.batchSize(512).verbose(0)).toFloats());
        }
        assertEquals(39, traces(model));
    }

    @Test
    void manyThreadsPredictWhatOneDoes() throws Exception {
        concurrently(64, 2, false);
        concurrently(64, 2, true);
    }

    /** Many threads predict on one model at once, for some seconds. */
    static void concurrently(int threads, int seconds, boolean virtual) throws Exception {
        var model = dense();
        var inputs = new ArrayList<Tensor>();
        var expected = new ArrayList<float[]>();
        for (int n : new int[] {1, 2, 3, 17, 32, 50, 200, 333}) {
            var x = numbers(n, 20).times(n * 0.01);
            inputs.add(x);
            expected.add(model.predict(x, p -> p.verbose(0)).toFloats());
            for (int i = 0; i < 10; i++) {
                assertArrayEquals(expected.getLast(), model.apply(x, false).toFloats());
            }
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try (ExecutorService executor =
                virtual
                        ? Executors.newVirtualThreadPerTaskExecutor()
                        : Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<Future<Integer>>();
            for (int t = 0; t < threads; t++) {
                int first = t;
                running.add(
                        executor.submit(() -> {
                            int calls = 0;
                            for (; System.nanoTime() < end || calls < 8; calls++) {
                                int i = (first + calls) % inputs.size();
                                var x = inputs.get(i);
                                assertArrayEquals(
                                        expected.get(i),
                                        (calls % 3 == 0
                                                        ? model.apply(x, false)
                                                        : model.predict(x, p -> p.verbose(0)))
                                                .toFloats());
                            }
                            return calls;
                        }));
            }
            int calls = 0;
            for (var task : running) {
                calls += task.get(seconds + 60, TimeUnit.SECONDS);
            }
            assertTrue(calls >= 8 * threads);
        }
    }
}
