package sungu.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sungu.primitive.DotGeneral;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;

class DotKernelTest {
    /** Shapes that take each way and cross each border of blocks, panels, slabs and tasks. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "1, 3, 5, 2",
        "2, 16, 16, 16",
        "1, 1, 300, 700",
        "1, 700, 300, 1",
        "1, 2, 999, 1601",
        "1, 6, 70, 769",
        "1, 130, 65, 130",
        "1, 401, 203, 10",
        "1, 900, 66, 9",
        "1, 150, 130, 801",
        "3, 129, 200, 130",
        "40, 21, 33, 18",
        "9, 5, 257, 301",
        "1, 70, 530, 780",
        "1, 67, 173, 75",
        "1, 3, 515, 600"
    })
    void everyElementIsOneChainHoweverItIsComputed(int batch, int m, int k, int n) {
        int threads = Parallel.threads();
        try {
            for (int form = 0; form < 4; form++) {
                boolean columns = (form & 1) != 0;
                boolean rows = (form & 2) != 0;
                var x = random(columns ? new int[] {batch, k, m} : new int[] {batch, m, k});
                var y = random(rows ? new int[] {batch, n, k} : new int[] {batch, k, n});
                var dot =
                        new DotGeneral(
                                Ints.of(0),
                                Ints.of(0),
                                Ints.of(columns ? 1 : 2),
                                Ints.of(rows ? 2 : 1));
                var expected = expected(x, y, columns, rows, batch, m, k, n);
                var kernel = new DotKernel(dot, x.shape(), y.shape());
                for (int count : new int[] {1, 3}) {
                    Parallel.threads(count);
                    var out = random(batch, m, n);
                    var seen = new AtomicIntegerArray(batch * m * n);
                    kernel.run(
                            x,
                            y,
                            out,
                            (from, to) -> {
                                assertEquals(0, from % n);
                                assertEquals(0, to % n);
                                for (int i = from; i < to; i++) {
                                    seen.incrementAndGet(i);
                                    assertEquals(expected[i], ((float[]) out.array())[i]);
                                }
                            });
                    for (int i = 0; i < seen.length(); i++) {
                        assertEquals(1, seen.get(i));
                    }
                    assertArrayEquals(expected, (float[]) out.array());
                }
            }
        } finally {
            Parallel.threads(threads);
        }
    }

    /**
     * Rows and inner dimensions are filled up to four; what is filled in must not change a sign.
     */
    @Test
    void sumsThatAreMinusZeroStaySo() {
        for (int k : new int[] {5, 6, 7}) {
            var x = new float[9 * k];
            var y = new float[k * 80];
            Arrays.fill(x, -1e-30f);
            Arrays.fill(y, 1e-30f);
            var out = random(9, 80);
            var dot = new DotGeneral(Ints.of(), Ints.of(), Ints.of(1), Ints.of(0));
            new DotKernel(dot, Shape.of(9, k), Shape.of(k, 80))
                    .run(
                            new HostTensor(DType.FLOAT32, Shape.of(9, k), x),
                            new HostTensor(DType.FLOAT32, Shape.of(k, 80), y),
                            out,
                            null);
            var expected = new float[9 * 80];
            Arrays.fill(expected, -0f);
            assertArrayEquals(expected, (float[]) out.array());
        }
    }

    private static HostTensor random(int... dims) {
        var random = new Random(dims.length);
        var values = new float[Shape.of(dims).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return new HostTensor(DType.FLOAT32, Shape.of(dims), values);
    }

    private static float[] expected(
            HostTensor x,
            HostTensor y,
            boolean columns,
            boolean rows,
            int batch,
            int m,
            int k,
            int n) {
        var a = (float[]) x.array();
        var b = (float[]) y.array();
        var c = new float[batch * m * n];
        for (int i = 0; i < c.length; i++) {
            int g = i / (m * n);
            int row = i / n % m;
            int column = i % n;
            for (int l = 0; l < k; l++) {
                c[i] =
                        Math.fma(
                                a[columns ? (g * k + l) * m + row : (g * m + row) * k + l],
                                b[rows ? (g * n + column) * k + l : (g * k + l) * n + column],
                                c[i]);
            }
        }
        return c;
    }
}
