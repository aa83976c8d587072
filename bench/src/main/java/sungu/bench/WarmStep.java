package sungu.bench;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import sungu.keras.callbacks.History;
import sungu.keras.models.Model;
import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Training steps of models of all kinds of layers: {@code -prof gc} shows what they allocate. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class WarmStep {
    private static final int ROWS = 32;
    private static final int STEPS = 1000;

    /** The model. */
    @Param({
        "DENSE",
        "WIDE",
        "CONVOLUTION",
        "BATCH_NORMALIZATION",
        "LSTM",
        "GRU",
        "EMBEDDING",
        "LAYER_NORMALIZATION",
        "ATTENTION"
    })
    public String name = "DENSE";

    private Model model = WarmModels.DENSE.compiled();
    private Tensor x = Tensor.of(0f);
    private Tensor y = x;
    private Tensor[] batch = {};
    private @Nullable TracedFunction step;

    /** Makes the model, and its program. */
    @Setup
    public void compile() {
        var kind = WarmModels.valueOf(name);
        model = kind.compiled();
        x = kind.inputs(ROWS * STEPS);
        y = WarmModels.targets(ROWS * STEPS);
        batch = new Tensor[] {kind.inputs(ROWS), WarmModels.targets(ROWS)};
        model.trainOnBatch(batch[0], batch[1]);
        step = model.trainer().trainFunction();
    }

    /** The program of a step alone: forward, loss, backward, Adam, metrics. */
    @Benchmark
    public Tensor[] program() {
        return Objects.requireNonNull(step).call(batch);
    }

    /** A step of {@code fit} among a thousand. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public History fitStep() {
        return model.fit(x, y, f -> f.batchSize(ROWS).shuffle(false).verbose(0));
    }
}
