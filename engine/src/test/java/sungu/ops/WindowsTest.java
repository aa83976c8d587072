package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Random;

/** Recorded values come from TensorFlow 2.21. */
class WindowsTest {
    private static final String LAST = "channels_last";
    private static final String FIRST = "channels_first";
    private static final int[] ONE = {1};
    private static final int[] TWO = {2};

    private static Tensor cycle(int period, double scale, int... dims) {
        var values = new double[Shape.of(dims).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % period - period / 2) * scale;
        }
        return Tensor.of(values).reshape(dims);
    }

    private final Tensor x = cycle(7, 0.5, 2, 5, 3);
    private final Tensor kernel = cycle(5, 0.25, 3, 3, 2);

    @Test
    void convolutionAsRecorded() {
        double[] expected = {
            0.375, -0.625, 0.125, -1, 1.375, 1, 0.25, -0.625, 0.875, -1.25, 0.25, -0.875
        };
        var same = Windows.conv(x, kernel, TWO, "same", LAST, ONE);
        assertEquals(Shape.of(2, 3, 2), same.shape());
        assertArrayEquals(expected, same.toDoubles(), 1e-12);
        for (var dtype :
                new DType[] {DType.FLOAT32, DType.FLOAT16, DType.BFLOAT16, DType.COMPLEX64}) {
            var result = Windows.conv(x.cast(dtype), kernel.cast(dtype), TWO, "same", LAST, ONE);
            assertEquals(dtype, result.dtype());
            assertArrayEquals(expected, result.toDoubles(), 1e-6, dtype.label());
        }
        var ints =
                Windows.conv(
                        x.times(2).cast(DType.INT32),
                        kernel.times(4).cast(DType.INT32),
                        TWO,
                        "same",
                        LAST,
                        ONE);
        assertArrayEquals(expected, ints.cast(DType.FLOAT64).div(8).toDoubles(), 0);
    }

    @Test
    void channelsFirstIsATransposition() {
        var first = Windows.conv(x.transpose(0, 2, 1), kernel, TWO, "same", FIRST, ONE);
        assertArrayEquals(
                Windows.conv(x, kernel, TWO, "same", LAST, ONE).transpose(0, 2, 1).toDoubles(),
                first.toDoubles());
        assertEquals(Shape.of(2, 2, 3), first.shape());
    }

    @Test
    void causalSeesNoLaterInput() {
        var causal = Windows.conv(x, kernel, ONE, "causal", LAST, TWO);
        assertArrayEquals(
                Windows.conv(x, kernel, ONE, new int[] {4}, new int[] {0}, LAST, TWO).toDoubles(),
                causal.toDoubles());
    }

    @Test
    void floatPathsAgreeWithTheDirectOne() {
        var random = new Random(3);
        for (int groups : new int[] {1, 2, 4}) {
            for (int filters : new int[] {4, 40, 160}) {
                var input = GradientCheck.random(random, 3, 9, 8, 8);
                var weights = GradientCheck.random(random, 3, 2, 8 / groups, filters);
                for (int[] step : new int[][] {{1, 1}, {2, 3}}) {
                    var exact = Windows.conv(input, weights, step, "same", LAST, ONE).toDoubles();
                    var single =
                            Windows.conv(
                                    input.cast(DType.FLOAT32),
                                    weights.cast(DType.FLOAT32),
                                    step,
                                    "same",
                                    LAST,
                                    ONE);
                    assertArrayEquals(exact, single.toDoubles(), 2e-5);
                }
            }
        }
    }

    @Test
    void convolutionGradients() {
        var random = new Random(1);
        GradientCheck.check(
                in -> Windows.conv(in[0], in[1], TWO, "same", LAST, ONE),
                GradientCheck.random(random, 2, 5, 4),
                GradientCheck.random(random, 3, 2, 4));
        GradientCheck.check(
                in -> Windows.conv(in[0], in[1], new int[] {2, 1}, "valid", LAST, new int[] {1, 2}),
                GradientCheck.random(random, 1, 6, 5, 2),
                GradientCheck.random(random, 2, 2, 2, 1));
        GradientCheck.check(
                in -> Windows.conv(in[0], in[1], TWO, "same", FIRST, ONE),
                GradientCheck.random(random, 1, 1, 3, 2, 3),
                GradientCheck.random(random, 2, 1, 2, 1, 2));
        GradientCheck.check(
                in -> Windows.conv(in[0], in[1], new int[] {3}, "valid", LAST, ONE),
                GradientCheck.random(random, 1, 6, 1),
                GradientCheck.random(random, 2, 1, 1));
    }

    @Test
    void gradientsOfOtherConvolutions() {
        var random = new Random(2);
        GradientCheck.check(
                in -> Windows.convTranspose(in[0], in[1], TWO, "same", null, LAST, ONE),
                GradientCheck.random(random, 1, 3, 2),
                GradientCheck.random(random, 3, 1, 2));
        GradientCheck.check(
                in -> Windows.depthwiseConv(in[0], in[1], ONE, "same", LAST, TWO),
                GradientCheck.random(random, 1, 4, 3, 2),
                GradientCheck.random(random, 2, 2, 2, 2));
        GradientCheck.check(
                in -> Windows.separableConv(in[0], in[1], in[2], ONE, "valid", FIRST, ONE),
                GradientCheck.random(random, 1, 2, 4),
                GradientCheck.random(random, 2, 2, 1),
                GradientCheck.random(random, 1, 2, 3));
    }

    @Test
    void transposedConvolutionAsRecorded() {
        var turned = kernel.transpose(0, 2, 1);
        var same = Windows.convTranspose(x, turned, TWO, "same", null, LAST, ONE);
        assertEquals(Shape.of(2, 10, 2), same.shape());
        double[] expected = {
            0.5, 0.375, 0.375, -0.375, 0.125, -0.25, -0.375, 0, -1.25, -0.5, -0.25, -0.5, 0, 1,
            -0.125, -0.125, -1.375, 0.75, 0.875, 1.125
        };
        assertArrayEquals(expected, same.get("0").reshape(-1).toDoubles(), 1e-12);
        var wide = Windows.convTranspose(x, turned, TWO, "valid", null, LAST, ONE);
        assertEquals(Shape.of(2, 11, 2), wide.shape());
        assertArrayEquals(new double[] {1.125, -0.5}, wide.get("0, 10").toDoubles(), 1e-12);
        var narrow = Windows.convTranspose(x, turned, TWO, "same", new int[] {0}, LAST, ONE);
        assertEquals(Shape.of(2, 9, 2), narrow.shape());
        assertArrayEquals(new double[] {0.375, -0.375}, narrow.get("0, 0").toDoubles(), 1e-12);
    }

    @Test
    void depthwiseAsRecorded() {
        var image = Movements.iota(12, DType.FLOAT32).reshape(1, 2, 3, 2);
        var weights = Movements.iota(16, DType.FLOAT32).reshape(2, 2, 2, 2);
        float[] expected = {
            152, 168, 216, 236, 200, 224, 280, 308, 80, 94, 120, 136, 32, 46, 68, 84, 40, 58, 84,
            104, 0, 10, 22, 33
        };
        assertArrayEquals(
                expected, Windows.depthwiseConv(image, weights, ONE, "same", LAST, ONE).toFloats());
    }

    @Test
    void poolingAsRecorded() {
        var row = Tensor.ofFloats(1, 3, 3, 2, 5).reshape(1, 5, 1);
        assertArrayEquals(
                new float[] {2, 2.5f, 5},
                Windows.averagePool(row, TWO, TWO, "same", LAST).toFloats());
        assertArrayEquals(
                new float[] {3, 3, 5}, Windows.maxPool(row, TWO, TWO, "same", LAST).toFloats());
        assertArrayEquals(
                new float[] {3, 3}, Windows.maxPool(row, TWO, TWO, "valid", LAST).toFloats());
        var eight = Movements.iota(8, DType.FLOAT32).reshape(1, 8, 1);
        assertArrayEquals(
                new float[] {1, 3.5f, 6},
                Windows.adaptiveAveragePool(eight, new int[] {3}, LAST).toFloats());
        assertArrayEquals(
                new float[] {2, 5, 7},
                Windows.adaptiveMaxPool(eight, new int[] {3}, LAST).toFloats());
        var bytes = eight.cast(DType.UINT8).plus(250);
        assertArrayEquals(
                new int[] {251, 253, 255, 1},
                Windows.maxPool(bytes, TWO, TWO, "valid", LAST).toInts());
    }

    @Test
    void theFirstMaximumTakesTheGradient() {
        var image = Tensor.ofFloats(1, 3, 3, 2, 5, 4, 4, 1).reshape(1, 2, 4, 1);
        var weights = Movements.iota(8, DType.FLOAT32).plus(1).reshape(1, 2, 4, 1);
        try (var tape = new GradientTape()) {
            tape.watch(image);
            var sum = Windows.maxPool(image, TWO, ONE, "same", LAST).times(weights).sum();
            assertArrayEquals(
                    new float[] {0, 0, 0, 4, 6, 8, 10, 8},
                    tape.gradientOrZeros(sum, java.util.List.of(image)).get(0).toFloats());
        }
    }

    @Test
    void poolingGradients() {
        var random = new Random(4);
        GradientCheck.check(
                in -> Windows.maxPool(in[0], new int[] {2, 3}, new int[] {1, 2}, "same", LAST),
                GradientCheck.random(random, 2, 4, 5, 2));
        GradientCheck.check(
                in -> Windows.averagePool(in[0], new int[] {3, 2}, TWO, "same", FIRST),
                GradientCheck.random(random, 1, 2, 4, 5));
        GradientCheck.check(
                in -> Windows.averagePool(in[0], TWO, new int[] {3}, "valid", LAST),
                GradientCheck.random(random, 1, 6, 2));
        GradientCheck.check(
                in -> Windows.adaptiveMaxPool(in[0], new int[] {3}, LAST),
                GradientCheck.random(random, 1, 7, 2));
    }

    @Test
    void errorsSayWhatDoesNotFit() {
        assertMessage(
                "conv: dtypes differ: f64[2,5,3] and f32[3,3,2]\n"
                        + "  hint: nothing is cast silently; write x.cast(DType.FLOAT32) or"
                        + " y.cast(DType.FLOAT64)",
                () -> Windows.conv(x, kernel.cast(DType.FLOAT32), ONE, "valid", LAST, ONE));
        assertMessage(
                "conv: the 2 channels of input f64[2,5,2] are no multiple of the 3 that kernel"
                        + " f64[3,3,2] takes",
                () -> Windows.conv(x.get(":, :, 1:"), kernel, ONE, "valid", LAST, ONE));
        assertMessage(
                "conv: padding must be 'valid', 'same' or 'causal', got 'full'",
                () -> Windows.conv(x, kernel, ONE, "full", LAST, ONE));
        assertMessage(
                "maxPool: pool size [2, 2] must have one entry or one per spatial dimension (1)",
                () -> Windows.maxPool(x, new int[] {2, 2}, ONE, "valid", LAST));
        assertMessage(
                "conv: input f64[2,2,3] is too small for a window of kernel f64[3,3,2] with"
                        + " dilation [1]\n"
                        + "  hint: use padding \"same\", or a smaller kernel",
                () -> Windows.conv(x.get(":, :2"), kernel, ONE, "valid", LAST, ONE));
        assertMessage(
                "data format must be 'channels_last' or 'channels_first', got 'NHWC'",
                () -> Windows.conv(x, kernel, ONE, "valid", "NHWC", ONE));
    }

    private static void assertMessage(
            String message, org.junit.jupiter.api.function.Executable body) {
        assertEquals(message, assertThrows(TensorException.class, body).getMessage());
    }
}
