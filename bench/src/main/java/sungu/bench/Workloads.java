package sungu.bench;

import org.jspecify.annotations.Nullable;

import sungu.keras.Input;
import sungu.keras.datasets.Datasets;
import sungu.keras.layers.Dense;
import sungu.keras.layers.Dropout;
import sungu.keras.models.Model;
import sungu.keras.models.Sequential;
import sungu.keras.ops.Operations;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** The workloads: models, data and settings are those of the scripts for other frameworks. */
final class Workloads {
    private Workloads() {}

    private static void fit(
            Measures measures,
            Model model,
            String optimizer,
            Tensor x,
            Tensor y,
            int batch,
            int epochs) {
        model.compile(c ->
                c.optimizer(optimizer).loss("sparse_categorical_crossentropy").metrics("accuracy"));
        TrainingRun.fit(measures, model, x, y, batch, epochs, 1);
    }

    /** 4-4-3 on the real iris, batch 10, adam. */
    static void irisMlp(Measures measures) {
        var iris = Datasets.iris();
        var model =
                Sequential.of(
                        Input.shape(4),
                        new Dense(4).activation("relu"),
                        new Dense(3).activation("softmax"));
        fit(measures, model, "adam", iris.x(), iris.y(), 10, 30);
    }

    /** 784-512-512-10 with dropout, batch 128, rmsprop. */
    static void mnistMlp(Measures measures) {
        int rows = 20000;
        var model =
                Sequential.of(
                        Input.shape(784),
                        new Dense(512).activation("relu"),
                        new Dropout(0.2),
                        new Dense(512).activation("relu"),
                        new Dropout(0.2),
                        new Dense(10).activation("softmax"));
        var samples = new Samples();
        fit(
                measures,
                model,
                "rmsprop",
                samples.uniform(rows, 784),
                samples.integers(10, rows),
                128,
                4);
    }

    /** One row through 784-512-512-10: predict, a direct call, predict on a batch. */
    static void latencyMlpBatch1(Measures measures) {
        var model =
                Sequential.of(
                        Input.shape(784),
                        new Dense(512).activation("relu"),
                        new Dense(512).activation("relu"),
                        new Dense(10).activation("softmax"));
        var x = new Samples().uniform(1, 784);
        measures.put(
                "predict_us",
                medianMicros(100, () -> model.predict(x, options -> options.verbose(0)).host()));
        measures.put("call_us", medianMicros(300, () -> model.apply(x, false).host()));
        measures.put(
                "predict_on_batch_us", medianMicros(300, () -> model.predictOnBatch(x).host()));
    }

    /**
     * One eager add of two tensors of 4 elements, as an operation of Keras and as the engine's own.
     */
    static void eagerAdd4(Measures measures) {
        var a = Tensor.ones(Shape.of(4), DType.FLOAT32);
        var b = Tensor.ones(Shape.of(4), DType.FLOAT32);
        var add = Operations.require("keras.ops.add");
        measures.put("us", meanMicros(200_000, () -> add.call(a, b)));
        measures.put("engine_us", meanMicros(200_000, () -> a.plus(b)));
    }

    /**
     * What a benchmark does over and over; the result is kept so that the work can't be left out.
     */
    private interface Work {
        @Nullable Object once();
    }

    private static double medianMicros(int times, Work work) {
        for (int i = 0; i < 20; i++) {
            keep(work.once());
        }
        var micros = new double[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            keep(work.once());
            micros[i] = (System.nanoTime() - start) * 1e-3;
        }
        return Measures.median(micros);
    }

    private static double meanMicros(int times, Work work) {
        for (int i = 0; i < times; i++) {
            keep(work.once());
        }
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            keep(work.once());
        }
        return (System.nanoTime() - start) * 1e-3 / times;
    }

    private static final @Nullable Object[] KEPT = new @Nullable Object[1];

    /** Stores a result where others could see it, so that the work for it can't be left out. */
    private static void keep(@Nullable Object result) {
        KEPT[0] = result;
    }
}
