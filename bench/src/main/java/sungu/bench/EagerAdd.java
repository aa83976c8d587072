package sungu.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import sungu.gradient.GradientTape;
import sungu.tensor.Tensor;

import java.util.concurrent.TimeUnit;

/**
 * What one eager operation on small tensors costs: adding 4 elements, by itself and under a tape.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EagerAdd {
    /** Additions under one tape; the tape itself is shared among them. */
    private static final int PER_TAPE = 100;

    private final Tensor a = Tensor.ofFloats(1, 2, 3, 4);
    private final Tensor b = Tensor.ofFloats(5, 6, 7, 8);

    /** An addition. */
    @Benchmark
    public Tensor add4() {
        return a.plus(b);
    }

    /** 100 additions under a tape that notes them. */
    @Benchmark
    @org.openjdk.jmh.annotations.OperationsPerInvocation(PER_TAPE)
    public Tensor add4UnderTape() {
        try (var tape = new GradientTape()) {
            tape.watch(a);
            Tensor sum = a;
            for (int i = 0; i < PER_TAPE; i++) {
                sum = sum.plus(b);
            }
            return sum;
        }
    }
}
