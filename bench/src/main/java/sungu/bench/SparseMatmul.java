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

import sungu.sparse.Sparse;
import sungu.sparse.SparseMath;
import sungu.sparse.SparseTensor;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The product of a square matrix that is mostly zero and a dense one of 256 columns: as a sparse
 * matrix, whose cost follows the number of values, and as a dense one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SparseMatmul {
    private static final int SIZE = 2048;
    private static final int COLUMNS = 256;

    /** The share of elements that are not zero. */
    @Param({"0.001", "0.01", "0.1"})
    public double density;

    private Tensor dense = Tensor.of(0f);
    private Tensor right = Tensor.of(0f);
    private SparseTensor sparse = Sparse.eye(0, 0, DType.FLOAT32);

    /** Makes the matrices. */
    @Setup
    public void matrices() {
        var random = new Random(1);
        dense = matrix(SIZE, random, density);
        right = matrix(COLUMNS, random, 1);
        sparse = Sparse.fromDense(dense);
    }

    private static Tensor matrix(int columns, Random random, double density) {
        var values = new float[SIZE * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() < density ? random.nextFloat() + 0.1f : 0;
        }
        return new HostTensor(DType.FLOAT32, Shape.of(SIZE, columns), values);
    }

    /** The sparse product. */
    @Benchmark
    public Tensor sparse() {
        return SparseMath.matmul(sparse, right);
    }

    /** The dense product of the same matrices. */
    @Benchmark
    public Tensor dense() {
        return dense.matmul(right);
    }
}
