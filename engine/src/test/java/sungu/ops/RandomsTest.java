package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Numbers recorded from TensorFlow 2.21 for seeds [seed, 0], and moments of larger samples. */
class RandomsTest {
    private static final int MANY = 20_000;

    private static Tensor seed(long seed) {
        return Tensor.of(new long[] {seed, 0});
    }

    private static double[] numbers(Tensor x) {
        var host = x.cast(DType.FLOAT64).host();
        return Arrays.copyOf((double[]) host.array(), host.shape().size());
    }

    private static void assertStarts(double tolerance, Tensor actual, double... expected) {
        assertArrayEquals(expected, Arrays.copyOf(numbers(actual), expected.length), tolerance);
    }

    private static void assertMoments(
            Tensor sample, double mean, double variance, double tolerance) {
        var statistics = Arrays.stream(numbers(sample)).summaryStatistics();
        double m = statistics.getAverage();
        double v =
                Arrays.stream(numbers(sample)).map(x -> (x - m) * (x - m)).average().orElseThrow();
        assertEquals(mean, m, tolerance, "mean");
        assertEquals(variance, v, 2 * tolerance, "variance");
    }

    @Test
    void uniform_numbers_are_those_of_tensorflow_bit_for_bit() {
        var numbers = Randoms.statelessUniform(Shape.of(6), seed(0), 0, 1, DType.FLOAT32);
        assertStarts(
                0,
                numbers,
                0.2110154628753662,
                0.7060099840164185,
                0.8000633716583252,
                0.7707922458648682,
                0.38858866691589355,
                0.8703594207763672);
    }

    @Test
    void normal_numbers_are_those_of_tensorflow() {
        var numbers = Randoms.statelessNormal(Shape.of(2, 3), seed(0), 0, 1, DType.FLOAT32);
        assertStarts(
                2e-6,
                numbers,
                -1.6970340013504028,
                -0.4813767075538635,
                -0.6622369289398193,
                0.0870111882686615,
                -1.0001622438430786,
                0.9434740543365479);
    }

    @Test
    void truncated_normal_numbers_are_those_of_tensorflow() {
        assertStarts(
                2e-6,
                Randoms.statelessTruncatedNormal(Shape.of(64), seed(42), 0, 1, DType.FLOAT32),
                0.015817075967788696,
                -1.5900869369506836,
                0.10359445959329605,
                0.8117459416389465);
        assertStarts(
                2e-6,
                Randoms.statelessTruncatedNormal(Shape.of(5, 7), seed(1337), 1, 0.1, DType.FLOAT32),
                1.0607799291610718,
                0.9110824465751648,
                0.9714293479919434,
                1.0195890665054321);
    }

    @Test
    void integers_are_those_of_tensorflow() {
        assertStarts(
                0,
                Randoms.statelessIntegers(Shape.of(5, 7), seed(1), 0, 10, DType.INT32),
                9,
                4,
                0,
                6,
                1,
                4);
        assertStarts(
                0,
                Randoms.statelessIntegers(Shape.of(5, 7), seed(42), 0, 10, DType.INT32),
                1,
                2,
                9,
                5,
                5,
                5);
        assertStarts(
                0,
                Randoms.statelessIntegers(Shape.of(50), seed(0), -7, 1000, DType.INT64),
                442,
                309,
                436,
                574,
                80,
                345);
    }

    @Test
    void gamma_numbers_are_those_of_tensorflow() {
        var shape = Shape.of(20);
        assertStarts(
                1e-5,
                Randoms.statelessGamma(shape, seed(0), Tensor.full(shape, 2.5, DType.FLOAT32)),
                1.2898393869400024,
                0.8656575679779053,
                2.1446449756622314,
                5.517696380615234);
        assertStarts(
                1e-5,
                Randoms.statelessGamma(shape, seed(42), Tensor.full(shape, 0.5, DType.FLOAT32)),
                0.35511451959609985,
                1.5087769031524658,
                0.16571737825870514,
                0.07905510067939758);
    }

    @Test
    void binomial_numbers_are_those_of_tensorflow() {
        var counts = Tensor.full(Shape.SCALAR, 10, DType.FLOAT32);
        var probabilities = Tensor.full(Shape.SCALAR, 0.3, DType.FLOAT32);
        assertStarts(
                0,
                Randoms.statelessBinomial(
                        Shape.of(20), seed(0), counts, probabilities, DType.FLOAT32),
                3,
                4,
                5,
                0,
                2,
                5);
        assertStarts(
                0,
                Randoms.statelessBinomial(
                        Shape.of(20), seed(1337), counts, probabilities, DType.FLOAT32),
                3,
                3,
                3,
                4,
                4,
                4);
    }

    @Test
    void shuffles_are_those_of_keras_on_tensorflow() {
        var x = Tensor.ofInts(IntStream.range(0, 12).toArray());
        assertStarts(0, Randoms.statelessShuffle(x, 0, seed(1)), 10, 8, 4, 6, 3, 5);
        assertStarts(0, Randoms.statelessShuffle(x, 0, seed(42)), 3, 9, 4, 8, 7, 11);
    }

    @Test
    void moments_of_samples_are_those_of_their_distributions() {
        var shape = Shape.of(MANY);
        assertMoments(
                Randoms.statelessUniform(shape, seed(3), -1, 3, DType.FLOAT64), 1, 16 / 12.0, 0.05);
        assertMoments(
                Randoms.statelessNormal(shape, seed(4), 2, 1.5, DType.FLOAT64), 2, 2.25, 0.05);
        assertMoments(
                Randoms.statelessTruncatedNormal(shape, seed(5), 0, 1, DType.FLOAT64),
                0,
                0.7737,
                0.03);
        assertMoments(
                Randoms.statelessGamma(shape, seed(6), Tensor.full(shape, 3, DType.FLOAT64)),
                3,
                3,
                0.1);
        assertMoments(
                Randoms.statelessPoisson(
                        shape, seed(7), Tensor.full(shape, 4, DType.FLOAT64), DType.INT64),
                4,
                4,
                0.1);
        assertMoments(
                Randoms.statelessBinomial(
                        shape,
                        seed(8),
                        Tensor.full(Shape.SCALAR, 50, DType.FLOAT64),
                        Tensor.full(Shape.SCALAR, 0.4, DType.FLOAT64),
                        DType.INT32),
                20,
                12,
                0.2);
    }

    @Test
    void classes_are_drawn_with_the_probabilities_of_their_logits() {
        var logits = Tensor.of(new double[][] {{Math.log(0.2), Math.log(0.5), Math.log(0.3)}});
        var drawn = numbers(Randoms.statelessCategorical(logits, MANY, seed(9), DType.INT64));
        double[] expected = {0.2, 0.5, 0.3};
        for (int k = 0; k < 3; k++) {
            double wanted = k;
            assertEquals(
                    expected[k],
                    Arrays.stream(drawn).filter(c -> c == wanted).count() / (double) MANY,
                    0.02,
                    "class " + k);
        }
    }

    @Test
    void ranges_hold() {
        var uniform =
                Arrays.stream(
                                numbers(
                                        Randoms.statelessUniform(
                                                Shape.of(MANY), seed(10), 2, 3, DType.FLOAT32)))
                        .summaryStatistics();
        assertTrue(uniform.getMin() >= 2 && uniform.getMax() <= 3, uniform.toString());
        var truncated =
                Arrays.stream(
                                numbers(
                                        Randoms.statelessTruncatedNormal(
                                                Shape.of(MANY), seed(11), 0, 1, DType.FLOAT32)))
                        .summaryStatistics();
        assertTrue(truncated.getMin() >= -2 && truncated.getMax() <= 2, truncated.toString());
        var integers =
                Arrays.stream(
                                numbers(
                                        Randoms.statelessIntegers(
                                                Shape.of(MANY), seed(12), -3, 4, DType.INT32)))
                        .summaryStatistics();
        assertEquals(-3, integers.getMin());
        assertEquals(3, integers.getMax());
    }

    @Test
    void other_seeds_give_other_numbers() {
        var shape = Shape.of(8);
        var one = numbers(Randoms.statelessUniform(shape, seed(1), 0, 1, DType.FLOAT64));
        var two =
                numbers(
                        Randoms.statelessUniform(
                                shape, Tensor.of(new long[] {1, 1}), 0, 1, DType.FLOAT64));
        assertTrue(!Arrays.equals(one, two));
    }

    @Test
    void what_cannot_be_made_is_said() {
        var e =
                assertThrows(
                        TensorException.class,
                        () -> Randoms.statelessUniform(Shape.of(2), seed(0), 0, 1, DType.INT32));
        assertTrue(
                e.getMessage()
                        .contains(
                                "statelessUniform: makes float16, bfloat16, float32 or float64, not"
                                        + " int32"),
                e.getMessage());
        assertThrows(
                TensorException.class,
                () -> Randoms.statelessBits(Shape.of(2), seed(0), DType.FLOAT32));
    }
}
