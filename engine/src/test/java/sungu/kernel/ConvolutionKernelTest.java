package sungu.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sungu.primitive.Convolution;
import sungu.primitive.KernelGradient;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.TensorType;

import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;

class ConvolutionKernelTest {
    @Test
    void randomConvolutionsAgreeWithThoseInFloat64() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            int rank = 1 + random.nextInt(3);
            var strides = new int[rank];
            var gaps = new int[rank];
            var dilation = new int[rank];
            var low = new int[rank];
            var high = new int[rank];
            int groups = random.nextBoolean() ? 1 : 1 + random.nextInt(4);
            var input = new int[rank + 2];
            var kernel = new int[rank + 2];
            input[0] = 1 + random.nextInt(5);
            kernel[rank] = random.nextBoolean() ? 1 : 1 + random.nextInt(20);
            input[rank + 1] = groups * kernel[rank];
            kernel[rank + 1] = groups * (random.nextBoolean() ? 1 : 1 + random.nextInt(12));
            for (int i = 0; i < rank; i++) {
                strides[i] = 1 + random.nextInt(3);
                gaps[i] = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
                dilation[i] = 1 + random.nextInt(2);
                low[i] = random.nextInt(4) - 1;
                high[i] = random.nextInt(4) - 1;
                input[i + 1] = 3 + random.nextInt(rank == 1 ? 300 : rank == 2 ? 20 : 6);
                kernel[i] = 1 + random.nextInt(3);
            }
            check(
                    "seed " + seed,
                    new Convolution(
                            Ints.of(strides),
                            Ints.of(gaps),
                            Ints.of(dilation),
                            Ints.of(low),
                            Ints.of(high),
                            groups),
                    Shape.of(input),
                    Shape.of(kernel));
        }
    }

    /** Sizes beyond one block of channels, filters, taps, windows or parts. */
    @ParameterizedTest
    @CsvSource({
        "8, 20, 37, 3, 70, 1, 1",
        "2, 9, 20, 3, 300, 1, 1",
        "1, 12, 40, 5, 3, 1, 1",
        "4, 40, 1, 3, 8, 1, 1",
        "4, 33, 3, 7, 5, 2, 1",
        "2, 8, 900, 1, 6, 2, 1",
        "3, 12, 800, 3, 800, 1, 800",
        "3, 12, 6, 3, 1800, 2, 6",
        "1, 3, 60, 3, 60, 1, 1",
        "2, 24, 3, 12, 40, 12, 1",
        "6, 28, 16, 3, 16, 2, 1"
    })
    void largeOnesToo(
            int batch, int size, int channels, int taps, int filters, int stride, int groups) {
        check(
                "",
                new Convolution(
                        Ints.repeat(stride, 2),
                        Ints.repeat(1, 2),
                        Ints.repeat(1, 2),
                        Ints.repeat(taps / 2, 2),
                        Ints.repeat(taps / 2, 2),
                        groups),
                Shape.of(batch, size, size, channels),
                Shape.of(taps, taps, channels / groups, filters));
    }

    private static void check(String name, Convolution convolution, Shape input, Shape kernel) {
        var random = new Random(name.hashCode());
        var x = random(random, input);
        var k = random(random, kernel);
        var output = convolution.types(x.type(), k.type())[0].shape();
        if (output.size() == 0) {
            return;
        }
        int row = output.dim(-1);
        int threads = Parallel.threads();
        try {
            var expected = HostTensor.allocate(DType.FLOAT64, output);
            new ConvolutionKernel(convolution, expected.type().with(input), kernel, output)
                    .run(wide(x), wide(k), expected, null);
            var floats = new ConvolutionKernel(convolution, x.type(), kernel, output);
            var first = new float[0];
            for (int count : new int[] {1, 3}) {
                Parallel.threads(count);
                var out = random(random, output);
                var seen = new AtomicIntegerArray(output.size());
                floats.run(
                        x,
                        k,
                        out,
                        (from, to) -> {
                            assertEquals(0, from % row);
                            assertEquals(0, to % row);
                            for (int i = from; i < to; i++) {
                                seen.incrementAndGet(i);
                            }
                        });
                for (int i = 0; i < seen.length(); i++) {
                    assertEquals(1, seen.get(i), name);
                }
                near(name + " " + convolution + input + kernel, expected, out);
                first = sameBits(first, out);
            }
            var gradient =
                    new KernelGradient(
                            Ints.of(kernel.slice(0, kernel.rank() - 2).dims()),
                            convolution.strides(),
                            convolution.inputDilation(),
                            convolution.dilation(),
                            convolution.low(),
                            convolution.high(),
                            convolution.groups());
            var d = random(random, output);
            assertEquals(
                    new TensorType(DType.FLOAT32, kernel), gradient.types(x.type(), d.type())[0]);
            expected = HostTensor.allocate(DType.FLOAT64, kernel);
            new KernelGradientKernel(convolution, expected.type().with(input), output, kernel)
                    .run(wide(x), wide(d), expected);
            var gradients = new KernelGradientKernel(convolution, x.type(), output, kernel);
            first = new float[0];
            for (int count : new int[] {1, 3}) {
                Parallel.threads(count);
                var out = random(random, kernel);
                gradients.run(x, d, out);
                near(name + " gradient " + convolution + input + kernel, expected, out);
                first = sameBits(first, out);
            }
        } finally {
            Parallel.threads(threads);
        }
    }

    private static float[] sameBits(float[] first, HostTensor out) {
        var values = (float[]) out.array();
        if (first.length > 0) {
            assertArrayEquals(first, values);
        }
        return values;
    }

    private static HostTensor random(Random random, Shape shape) {
        var values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return new HostTensor(DType.FLOAT32, shape, values);
    }

    private static HostTensor wide(HostTensor x) {
        var values = new double[x.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = x.number(i);
        }
        return new HostTensor(DType.FLOAT64, x.shape(), values);
    }

    private static void near(String name, HostTensor expected, HostTensor actual) {
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.number(i), actual.number(i), 1e-4, name + " at " + i);
        }
    }
}
