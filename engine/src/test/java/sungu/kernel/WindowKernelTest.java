package sungu.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sungu.primitive.Reduce.Fold;
import sungu.primitive.Window;
import sungu.primitive.WindowReduce;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;

import java.util.Random;

class WindowKernelTest {
    private static final float[] SPECIAL = {
        0,
        -0f,
        1,
        1,
        1,
        -1,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MIN_VALUE,
        Float.MAX_VALUE,
        -Float.MAX_VALUE
    };

    @Test
    void randomWindowsAgreeWithThoseInFloat64() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            int rank = 1 + random.nextInt(3);
            var size = new int[rank];
            var strides = new int[rank];
            var gaps = new int[rank];
            var dilation = new int[rank];
            var low = new int[rank];
            var high = new int[rank];
            var input = new int[rank + 2];
            input[0] = 1 + random.nextInt(4);
            input[rank + 1] = 1 + random.nextInt(40);
            for (int i = 0; i < rank; i++) {
                size[i] = 1 + random.nextInt(4);
                strides[i] = 1 + random.nextInt(3);
                gaps[i] = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
                dilation[i] = 1 + random.nextInt(2);
                low[i] = random.nextInt(5) - 1;
                high[i] = random.nextInt(5) - 1;
                input[i + 1] = 3 + random.nextInt(rank == 1 ? 200 : rank == 2 ? 20 : 6);
            }
            check(
                    "seed " + seed,
                    random,
                    new Window(
                            Ints.of(size),
                            Ints.of(strides),
                            Ints.of(gaps),
                            Ints.of(dilation),
                            Ints.of(low),
                            Ints.of(high)),
                    Shape.of(input),
                    seed % 2 == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 9, 9, 70", "1, 4, 2, 1700", "2, 60, 50, 3", "9, 26, 2, 32"})
    void largeOnesToo(int batch, int in, int size, int channels) {
        for (boolean special : new boolean[] {false, true}) {
            check(
                    "",
                    new Random(1),
                    new Window(
                            Ints.repeat(size, 2),
                            Ints.repeat(Math.max(1, size - 1), 2),
                            Ints.repeat(1, 2),
                            Ints.repeat(1, 2),
                            Ints.repeat(1, 2),
                            Ints.repeat(0, 2)),
                    Shape.of(batch, in, in, channels),
                    special);
        }
    }

    private static void check(
            String name, Random random, Window window, Shape input, boolean special) {
        var x = random(random, input, special);
        var sum = new WindowReduce(Fold.SUM, window);
        var output = sum.types(x.type())[0].shape();
        var d = random(random, output, false);
        int threads = Parallel.threads();
        try {
            for (int count : new int[] {1, 3}) {
                Parallel.threads(count);
                var plain = random(random, input, false);
                near(name + " sum", fold(Fold.SUM, window, wide(plain), output), plain, window);
                var max = fold(Fold.MAX, window, x, output);
                var expected = fold(Fold.MAX, window, wide(x), output);
                for (int i = 0; i < output.size(); i++) {
                    assertEquals(expected.number(i) + 0, max.number(i) + 0, name + " max " + i);
                }
                var spread = random(random, input, false);
                new WindowKernel(window, x.type(), output).scatter(x, d, spread);
                var exact = HostTensor.allocate(DType.FLOAT64, input);
                new WindowKernel(window, exact.type(), output).scatter(wide(x), wide(d), exact);
                for (int i = 0; i < input.size(); i++) {
                    assertEquals(exact.number(i), spread.number(i), 1e-5, name + " scatter " + i);
                }
            }
        } finally {
            Parallel.threads(threads);
        }
    }

    private static void near(String name, HostTensor expected, HostTensor x, Window window) {
        var actual = fold(Fold.SUM, window, x, expected.shape());
        var values = new double[expected.size()];
        var sums = new double[expected.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = actual.number(i);
            sums[i] = expected.number(i);
        }
        assertArrayEquals(sums, values, 1e-4, name);
    }

    private static HostTensor fold(Fold fold, Window window, HostTensor x, Shape output) {
        var out = random(new Random(2), output, false);
        if (x.dtype() == DType.FLOAT64) {
            out = wide(out);
        }
        new WindowKernel(window, x.type(), output).fold(fold, x, out);
        return out;
    }

    private static HostTensor random(Random random, Shape shape, boolean special) {
        var values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    special ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextFloat() - 0.5f;
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
}
