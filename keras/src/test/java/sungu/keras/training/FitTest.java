package sungu.keras.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import sungu.keras.Input;
import sungu.keras.Keras;
import sungu.keras.callbacks.LambdaCallback;
import sungu.keras.datasets.Datasets;
import sungu.keras.layers.Dense;
import sungu.keras.layers.Dropout;
import sungu.keras.metrics.Mean;
import sungu.keras.metrics.Metric;
import sungu.keras.metrics.Precision;
import sungu.keras.models.Sequential;
import sungu.keras.optimizers.Adam;
import sungu.keras.optimizers.SGD;
import sungu.kernel.Parallel;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

class FitTest {
    private static final Tensor X =
            Tensor.of(new float[][] {{1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}});
    private static final Tensor Y = X.times(2);

    @BeforeEach
    void seed() {
        Keras.clearSession();
        Keras.setRandomSeed(7);
    }

    private static Sequential line() {
        var model = Sequential.of(Input.shape(1), new Dense(1).kernelInitializer("zeros"));
        model.compile(c -> c.optimizer(new SGD().learningRate(0.0)).loss("mse").metrics("mae"));
        return model;
    }

    /** Counts how often its value is asked for. */
    private static final class Counted extends Metric {
        private final Mean mean = new Mean("inner");
        private int reads;

        @Override
        public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
            mean.update(yPred);
        }

        @Override
        public Tensor result() {
            reads++;
            return mean.result();
        }

        @Override
        public void reset() {
            mean.reset();
        }
    }

    @Test
    void theWholeStepIsOneProgramAndMetricsAreReadOnDemand() {
        var counted = new Counted();
        var model = Sequential.of(Input.shape(1), new Dense(4), new Dense(1));
        model.compile(c -> c.optimizer(new Adam()).loss("mse").metrics("mae", counted));
        model.fit(X, Y, f -> f.batchSize(2).epochs(3).verbose(0));
        var step = model.trainer().trainFunction();
        assertTrue(step != null);
        assertEquals(1, step.traces());
        assertEquals(3 * 4, step.runs());
        assertEquals(3, counted.reads);
        model.fit(
                X,
                Y,
                f ->
                        f.batchSize(2)
                                .epochs(1)
                                .verbose(0)
                                .callbacks(
                                        new LambdaCallback()
                                                .onTrainBatchEnd(
                                                        (logs, batch) -> logs.get("loss"))));
        assertEquals(3 + 4 + 1, counted.reads);
    }

    @Test
    void validationSplitTakesTheLastRows() {
        var history =
                line().fit(
                                X,
                                Y,
                                f ->
                                        f.batchSize(3)
                                                .validationSplit(0.25)
                                                .shuffle(false)
                                                .verbose(0));
        // Predictions are 0: the errors are the targets, 2 to 12 and 14, 16.
        assertEquals(7, history.get("mae").getFirst(), 1e-5);
        assertEquals(15, history.get("val_mae").getFirst(), 1e-5);
    }

    @Test
    void validationDataAndItsFrequency() {
        var history =
                line().fit(
                                X,
                                Y,
                                f ->
                                        f.epochs(4)
                                                .validationData(X.get("0:1"), Y.get("0:1"))
                                                .validationFreq(2)
                                                .verbose(0));
        assertEquals(List.of(4.0, 4.0), history.get("val_loss"));
    }

    @Test
    void weightsOfSamplesAndClasses() {
        var weights = Tensor.of(new float[] {1, 0, 0, 0, 0, 0, 0, 0});
        var history = line().fit(X, Y, f -> f.sampleWeight(weights).verbose(0));
        assertEquals(4.0 / 8, history.get("loss").getFirst(), 1e-6);

        var classes = Tensor.of(new int[] {0, 0, 0, 0, 1, 1, 1, 1});
        var byClass = line().fit(X, classes, f -> f.classWeight(Map.of(1, 3.0)).verbose(0));
        assertEquals(4 * 3.0 / 8, byClass.get("loss").getFirst(), 1e-6);
    }

    @Test
    void initialEpochAndStepsPerEpoch() {
        var epochs = new ArrayList<Integer>();
        var batches = new ArrayList<Integer>();
        var history =
                line().fit(
                                X,
                                Y,
                                f ->
                                        f.batchSize(2)
                                                .initialEpoch(2)
                                                .epochs(4)
                                                .stepsPerEpoch(3)
                                                .verbose(0)
                                                .callbacks(
                                                        new LambdaCallback()
                                                                .onEpochBegin(epochs::add)
                                                                .onTrainBatchBegin(batches::add)));
        assertEquals(List.of(2, 3), epochs);
        assertEquals(List.of(0, 1, 2, 0, 1, 2), batches);
        assertEquals(List.of(2, 3), history.epochs());
    }

    @Test
    void shufflingFollowsTheSeed() {
        assertArrayEquals(shuffled(3), shuffled(3));
        assertFalse(Arrays.equals(shuffled(3), shuffled(4)));
    }

    private static float[] shuffled(long seed) {
        Keras.setRandomSeed(seed);
        var model = Sequential.of(Input.shape(1), new Dense(1).kernelInitializer("zeros"));
        model.compile(c -> c.optimizer(new SGD().learningRate(0.01)).loss("mse"));
        model.fit(X, Y, f -> f.batchSize(1).verbose(0));
        return model.weightValues().getFirst().toFloats();
    }

    @Test
    void rowsMustBeEqualInNumber() {
        var error =
                assertThrows(
                        TensorException.class,
                        () -> line().fit(X, Y.get("0:3"), f -> f.verbose(0)));
        assertTrue(
                error.getMessage()
                        .startsWith("data cardinality is ambiguous: [f32[8,1], f32[3,1]]"),
                error.getMessage());
    }

    @Test
    void fitNeedsCompile() {
        var error =
                assertThrows(
                        TensorException.class,
                        () -> Sequential.of(new Dense(1)).name("m").fit(X, Y));
        assertEquals(
                "model 'm' is not compiled\n"
                        + "  hint: call model.compile(c -> c.optimizer(...).loss(...)) first",
                error.getMessage());
    }

    @Test
    void metricsStream() {
        var precision = new Precision();
        var first =
                precision.apply(
                        Tensor.of(new float[] {0, 1, 1, 0, 1, 1}),
                        Tensor.of(new float[] {1, 1, 1, 0, 1, 1}));
        assertEquals(0.8, first.doubleValue(), 1e-6);
        var second =
                precision.apply(
                        Tensor.of(new float[] {0, 1, 1, 0, 0, 1}),
                        Tensor.of(new float[] {1, 0, 1, 1, 0, 0}));
        assertTrue(second.doubleValue() < 0.8);
    }

    @Test
    void irisLearnsAndThreadsDoNotMatter() {
        int before = Parallel.threads();
        try {
            Parallel.threads(1);
            var one = iris();
            Parallel.threads(2);
            var two = iris();
            assertTrue(one.accuracy >= 0.93, () -> "accuracy " + one.accuracy);
            for (int i = 0; i < one.weights.size(); i++) {
                assertArrayEquals(one.weights.get(i).toFloats(), two.weights.get(i).toFloats());
            }
        } finally {
            Parallel.threads(before);
        }
    }

    private record Trained(double accuracy, List<Tensor> weights) {}

    private static Trained iris() {
        Keras.clearSession();
        Keras.setRandomSeed(7);
        var iris = Datasets.iris();
        var model =
                Sequential.of(
                        Input.shape(4),
                        new Dense(16).activation("relu"),
                        new Dropout(0.2),
                        new Dense(3).activation("softmax"));
        model.compile(c ->
                c.optimizer(new Adam().learningRate(0.01))
                        .loss("sparse_categorical_crossentropy")
                        .metrics("accuracy"));
        var history =
                model.fit(
                        iris.x(),
                        iris.y(),
                        f -> f.epochs(50).batchSize(16).validationSplit(0.2).verbose(0));
        return new Trained(Collections.max(history.get("val_accuracy")), model.weightValues());
    }

    @Test
    void unknownNamesSuggestTheNearest() {
        var error =
                assertThrows(
                        TensorException.class,
                        () -> Sequential.of(new Dense(1)).compile(c -> c.optimizer("adm")));
        assertTrue(
                error.getMessage().contains("did you mean 'adam'")
                        || error.getMessage().contains("Adam"),
                error.getMessage());
        assertEquals(DType.FLOAT32, Tensor.zeros(Shape.of(1), DType.FLOAT32).dtype());
    }
}
