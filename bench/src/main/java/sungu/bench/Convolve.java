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

import sungu.ops.Windows;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Convolutions 3 by 3 of 64 images, as many filters as channels: 151 million products each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Convolve {
    private static final int[] ONE = {1};

    /** Channels and filters; images are 512 / channels wide and high. */
    @Param({"16", "32", "64"})
    public int channels;

    private Tensor images = Tensor.of(0f);
    private Tensor kernel = Tensor.of(0f);

    /** Makes the operands. */
    @Setup
    public void operands() {
        var random = new Random(1);
        images = uniform(random, Shape.of(64, 512 / channels, 512 / channels, channels));
        kernel = uniform(random, Shape.of(3, 3, channels, channels));
    }

    private static Tensor uniform(Random random, Shape shape) {
        var values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new HostTensor(DType.FLOAT32, shape, values);
    }

    /** A convolution. */
    @Benchmark
    public Tensor convolve() {
        return Windows.conv(images, kernel, ONE, "same", "channels_last", ONE);
    }
}
