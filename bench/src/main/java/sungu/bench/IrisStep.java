package sungu.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import sungu.keras.Input;
import sungu.keras.datasets.Datasets;
import sungu.keras.layers.Dense;
import sungu.keras.models.Sequential;
import sungu.tensor.Tensor;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One training step of a small classifier on all iris flowers: forward, loss, backward, Adam,
 * accuracy.
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
    private Tensor x = Tensor.of(0f);
    private Tensor y = Tensor.of(0f);

    /** Compiles the model. */
    @Setup
    public void compile() {
        var iris = Datasets.iris();
        x = iris.x();
        y = iris.y();
        model.compile(c ->
                c.optimizer("adam").loss("sparse_categorical_crossentropy").metrics("accuracy"));
    }

    /** A step. */
    @Benchmark
    public Map<String, Double> step() {
        return model.trainOnBatch(x, y);
    }
}
