package sungu.portable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import sungu.backend.Stage;
import sungu.gradient.GradientTape;
import sungu.kernel.Parallel;
import sungu.ops.Movements;
import sungu.ops.Nets;
import sungu.primitive.SquaredDeviations;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;
import sungu.trace.TracedFunction;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Variances that programs compute in one sweep, against those of exact means in double. */
class DeviationTest {
    private static Tensor tensor(Shape shape, IntToDoubleFunction value) {
        var floats = new float[shape.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) value.applyAsDouble(i);
        }
        return Movements.reshape(Tensor.ofFloats(floats), shape);
    }

    private static Tensor normal(Shape shape, double mean, double deviation) {
        var random = new Random(shape.size());
        return tensor(shape, i -> mean + deviation * random.nextGaussian());
    }

    private static TracedFunction variance(int... axes) {
        return TracedFunction.of(
                "variance", x -> new Tensor[] {Nets.moments(x[0], false, axes).variance()});
    }

    private static float[] compiled(Tensor x, int... axes) {
        var function = variance(axes);
        assertTrue(function.lower(x).text(Stage.REWRITTEN).contains("squared_deviations"));
        return floats(function.call(x)[0]);
    }

    private static float[] floats(Tensor tensor) {
        return (float[]) tensor.host().array();
    }

    /** By the reference kernel, which subtracts means in double. */
    private static float[] exact(Tensor x, int... axes) {
        var squares = Context.bind(new SquaredDeviations(Ints.of(axes)), x);
        return floats(squares.div((double) x.size() / squares.size()));
    }

    private static void assertNear(float[] expected, float[] found, double tolerance) {
        assertEquals(expected.length, found.length);
        for (int i = 0; i < found.length; i++) {
            if (Float.compare(expected[i], found[i]) != 0) {
                assertEquals(expected[i], found[i], tolerance * expected[i], "element " + i);
            }
        }
    }

    /** Few and many columns, more than a block has, and chunks that end anywhere. */
    @ParameterizedTest
    @CsvSource({
        "4096, 1",
        "5001, 1",
        "999, 7",
        "70001, 3",
        "2048, 16",
        "9999, 64",
        "300, 1000",
        "70, 1025",
        "11, 3000",
        "2, 40000",
        "3, 70000"
    })
    void columnsAgreeWithExactMeans(int rows, int columns) {
        for (double mean : new double[] {0, 3, -1e4}) {
            var x = normal(Shape.of(rows, columns), mean, 0.5);
            assertNear(exact(x, 0), compiled(x, 0), 5e-6);
            assertNear(exact(x, 0, 1), compiled(x, 0, 1), 5e-6);
        }
    }

    @Test
    void allLayouts() {
        var x = normal(Shape.of(6, 20, 30, 5), 10, 2);
        assertNear(exact(x, 0, 1, 2), compiled(x, 0, 1, 2), 2e-6);
        assertNear(exact(x, 0, 2, 3), compiled(x, 0, 2, 3), 2e-6);
        assertNear(exact(x, 1, 2), compiled(x, 1, 2), 2e-6);
        assertNear(exact(x, 0), compiled(x, 0), 2e-6);
    }

    /** The first block of each chunk far away from all others: the most that can cancel. */
    @Test
    void firstBlocksThatAreNotLikeTheOthers() {
        var x = tensor(Shape.of(4 * 2048, 16), i -> (i / 1024 % 32 == 0 ? 0 : 1e4) + Math.sin(i));
        assertNear(exact(x, 0), compiled(x, 0), 1e-5);
        var begins = tensor(Shape.of(1 << 20), i -> i < 1 << 15 ? 1e6 : Math.sin(i));
        assertNear(exact(begins, 0), compiled(begins, 0), 2e-6);
    }

    @Test
    void constantsHaveNone() {
        var x = tensor(Shape.of(5000, 8), i -> 0.1 * (1 + i % 8));
        for (float found : compiled(x, 0)) {
            assertEquals(0, found, 1e-15);
        }
    }

    @Test
    void infinityAndNaNStayInTheirColumns() {
        for (int at : new int[] {0, 123, 7999}) {
            var x =
                    tensor(
                            Shape.of(8000, 5),
                            i ->
                                    i == 5 * at
                                            ? Double.NaN
                                            : i == 5 * at + 2
                                                    ? Double.POSITIVE_INFINITY
                                                    : i % 5 == 3 ? 1e20 * (i % 2) : i % 7);
            var found = compiled(x, 0);
            var eager = floats(Nets.moments(x, false, 0).variance());
            assertEquals(Float.NaN, found[0]);
            assertEquals(Float.NaN, found[2]);
            assertEquals(Float.POSITIVE_INFINITY, found[3]);
            assertNear(eager, found, 2e-6);
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        var x = normal(Shape.of(20_000, 24), 1, 1);
        int before = Parallel.threads();
        try {
            Parallel.threads(1);
            var one = compiled(x, 0);
            for (int threads : new int[] {2, 5}) {
                Parallel.threads(threads);
                assertArrayEquals(one, compiled(x, 0));
            }
        } finally {
            Parallel.threads(before);
        }
    }

    /** Rows that lie in the cache, small tensors and squares around something else stay. */
    @Test
    void othersStay() {
        var x = normal(Shape.of(64, 128), 0, 1);
        var small = normal(Shape.of(31, 128), 0, 1);
        for (var graph :
                List.of(
                        variance(1).lower(x).text(Stage.REWRITTEN),
                        variance(0).lower(small).text(Stage.REWRITTEN),
                        TracedFunction.of(
                                        "f",
                                        in -> {
                                            var twice = in[0].minus(in[0].sum(0).div(32));
                                            return new Tensor[] {twice.square().sum(0)};
                                        })
                                .lower(x)
                                .text(Stage.REWRITTEN))) {
            assertEquals(-1, graph.indexOf("squared_deviations"), graph);
        }
    }

    @Test
    void gradient() {
        var x = normal(Shape.of(4, 5, 3), 2, 1);
        var by = tensor(Shape.of(3), i -> i + 1);
        try (var tape = GradientTape.persistent()) {
            tape.watch(x);
            var first = Context.bind(new SquaredDeviations(Ints.of(0, 1)), x).times(by).sum();
            var second = Nets.moments(x, false, 0, 1).variance().times(by.times(20)).sum();
            assertEquals(second.doubleValue(), first.doubleValue(), 1e-4);
            assertArrayEquals(
                    floats(tape.gradient(second, List.of(x)).get(0)),
                    floats(tape.gradient(first, List.of(x)).get(0)),
                    1e-5f);
        }
    }

    @Test
    void takesFloat32() {
        var x = Tensor.of(new double[] {1, 2});
        var error =
                assertThrows(
                        TensorException.class,
                        () -> Context.bind(new SquaredDeviations(Ints.of(0)), x));
        assertEquals("squared_deviations: takes float32, got f64[2]", error.getMessage());
    }
}
