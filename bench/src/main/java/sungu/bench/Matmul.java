package sungu.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Products of two square float32 matrices. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Matmul {
    /** Rows and columns. */
    @Param({"16", "128", "512", "1024"})
    public int size;

    private Tensor a = Tensor.of(0f);
    private Tensor b = Tensor.of(0f);

    /** Makes the matrices. */
    @Setup
    public void matrices() {
        var random = new Random(1);
        a = uniform(random);
        b = uniform(random);
    }

    private Tensor uniform(Random random) {
        var values = new float[size * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new HostTensor(DType.FLOAT32, Shape.of(size, size), values);
    }

    /** A product. */
    @Benchmark
    public Tensor multiply() {
        return a.matmul(b);
    }
}
