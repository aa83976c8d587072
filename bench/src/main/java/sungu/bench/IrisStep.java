package sungu.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import sungu.keras.Input;
import sungu.keras.callbacks.History;
import sungu.keras.datasets.Datasets;
import sungu.keras.layers.Dense;
import sungu.keras.models.Sequential;
import sungu.ops.Movements;
import sungu.tensor.Tensor;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One training step of a small classifier of iris flowers: forward, loss, backward, Adam, accuracy.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IrisStep {
    private final Sequential model =
            Sequential.of(
                    Input.shape(4),
                    new Dense(4).activation("relu"),
                    new Dense(3).activation("softmax"));
    private static final int STEPS = 10_000;
    private static final int ROWS = 15;

    private Tensor x = Tensor.of(0f);
    private Tensor y = Tensor.of(0f);
    private Tensor manyX = x;
    private Tensor manyY = y;

    /** Compiles the model. */
    @Setup
    public void compile() {
        var iris = Datasets.iris();
        x = iris.x();
        y = iris.y();
        manyX = Movements.concat(Collections.nCopies(ROWS * STEPS / x.shape().dim(0), x), 0);
        manyY = Movements.concat(Collections.nCopies(ROWS * STEPS / x.shape().dim(0), y), 0);
        model.compile(c ->
                c.optimizer("adam").loss("sparse_categorical_crossentropy").metrics("accuracy"));
    }

    /** A step of {@code fit} among ten thousand: {@code -prof gc} shows what it allocates. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public History fitStep() {
        return model.fit(manyX, manyY, f -> f.batchSize(ROWS).shuffle(false).verbose(0));
    }

    /** A step on all flowers, and the metrics after it. */
    @Benchmark
    public Map<String, Double> step() {
        return model.trainOnBatch(x, y);
    }
}
