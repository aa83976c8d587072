package sungu.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What an element costs in functions, sums and transposes of 16384 floats. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Kernels {
    private static final int SIDE = 128;
    private static final int SIZE = SIDE * SIDE;

    private final Tensor x = uniform();

    private static Tensor uniform() {
        var random = new Random(1);
        var values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = random.nextFloat(0.1f, 4f);
        }
        return new HostTensor(DType.FLOAT32, Shape.of(SIDE, SIDE), values);
    }

    /** The exponential function. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public Tensor exp() {
        return Elements.exp(x);
    }

    /** The natural logarithm. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public Tensor log() {
        return Elements.log(x);
    }

    /** The hyperbolic tangent. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public Tensor tanh() {
        return Elements.tanh(x);
    }

    /** The logistic function. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public Tensor sigmoid() {
        return Elements.sigmoid(x);
    }

    /** Sums of columns. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public Tensor sumOfColumns() {
        return Reductions.sum(x, false, 0);
    }

    /** Sums of rows. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public Tensor sumOfRows() {
        return Reductions.sum(x, false, 1);
    }

    /** A transpose. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public Tensor transpose() {
        return Movements.transpose(x, 1, 0);
    }
}
