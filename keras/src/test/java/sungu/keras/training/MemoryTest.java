package sungu.keras.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.keras.Input;
import sungu.keras.layers.BatchNormalization;
import sungu.keras.layers.Dense;
import sungu.keras.models.Sequential;
import sungu.keras.optimizers.Adam;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class MemoryTest {
    /** Builds, trains and asks a model; returns what must go with it. */
    private static List<WeakReference<Object>> use() {
        var x = Tensor.zeros(Shape.of(8, 4), DType.FLOAT32);
        var model =
                Sequential.of(
                        Input.shape(4),
                        new Dense(5).activation("relu"),
                        new BatchNormalization(),
                        new Dense(1));
        model.compile(c -> c.optimizer(new Adam()).loss("mse").metrics("mae"));
        model.fit(
                x,
                Tensor.zeros(Shape.of(8, 1), DType.FLOAT32),
                f -> f.epochs(1).batchSize(8).verbose(0));
        model.predict(x, p -> p.verbose(0));
        var predict = Objects.requireNonNull(model.trainer().predictFunction());
        return List.of(
                new WeakReference<>(model),
                new WeakReference<>(model.weights().get(0)),
                new WeakReference<>(predict.graph(x)),
                new WeakReference<>(predict.program(x)));
    }

    private static void collect(List<WeakReference<Object>> references)
            throws InterruptedException {
        for (int tries = 0;
                tries < 50 && references.stream().anyMatch(r -> r.get() != null);
                tries++) {
            System.gc();
            Thread.sleep(10);
        }
    }

    @Test
    void droppedModelsLeaveNothing() throws InterruptedException {
        var references = new ArrayList<WeakReference<Object>>();
        for (int i = 0; i < 20; i++) {
            references.addAll(use());
        }
        collect(references);
        assertEquals(0, references.stream().filter(r -> r.get() != null).count());
    }

    @Test
    void manyBuildsLeaveTheHeapFlat() throws InterruptedException {
        long half = 0;
        for (int i = 0; i < 80; i++) {
            if (i == 40) {
                half = used();
            }
            use();
        }
        long grown = used() - half;
        assertTrue(grown < 1_000_000, () -> grown + " bytes more after 40 builds");
    }

    private static long used() throws InterruptedException {
        collect(use());
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
