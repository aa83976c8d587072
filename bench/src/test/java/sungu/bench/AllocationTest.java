package sungu.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import sungu.keras.Input;
import sungu.keras.callbacks.Callback;
import sungu.keras.callbacks.Logs;
import sungu.keras.layers.Dense;
import sungu.keras.layers.LayerNormalization;
import sungu.keras.layers.PReLU;
import sungu.keras.models.Sequential;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.lang.management.ManagementFactory;

class AllocationTest {
    private static final int WARM = 100;

    /** What steps 5 to 14 of late epochs allocate. */
    private static final class Allocations extends Callback {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private int epoch;
        private long start;
        private long bytes;
        private long steps;

        @Override
        public void onEpochBegin(int now) {
            epoch = now;
        }

        @Override
        public void onTrainBatchBegin(int batch) {
            if (batch == 5) {
                start = threads.getCurrentThreadAllocatedBytes();
            }
        }

        @Override
        public void onTrainBatchEnd(int batch, Logs logs) {
            if (batch == 14 && epoch >= WARM) {
                bytes += threads.getCurrentThreadAllocatedBytes() - start;
                steps += 10;
            }
        }
    }

    private static long bytesPerStep(Sequential model, Tensor x, Tensor y) {
        model.compile(c -> c.optimizer("adam").loss("mse").metrics("mae"));
        var seen = new Allocations();
        model.fit(x, y, f -> f.epochs(WARM + 200).batchSize(10).verbose(0).callbacks(seen));
        return seen.bytes / seen.steps;
    }

    @Test
    void aWarmStepLeavesNextToNothingToTheCollector() {
        var x = Tensor.ones(Shape.of(150, 4), DType.FLOAT32);
        var plain = Sequential.of(Input.shape(4), new PReLU(), new LayerNormalization());
        long loops = bytesPerStep(plain, x, x);
        assertTrue(loops < 300, () -> loops + " bytes per step");
    }

    @Test
    void productsOfAWarmStepLeaveLittle() {
        var x = Tensor.ones(Shape.of(150, 4), DType.FLOAT32);
        var y = Tensor.ones(Shape.of(150, 3), DType.FLOAT32);
        var dense = Sequential.of(Input.shape(4), new Dense(4), new Dense(3));
        long products = bytesPerStep(dense, x, y);
        assertTrue(products < 1000, () -> products + " bytes per step");
    }
}
