package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Recorded values come from TensorFlow 2.21. */
class NetsTest {
    private static final float INF = Float.POSITIVE_INFINITY;

    @Test
    void activationsAtKinksAndFarOut() {
        check(Nets::relu, new float[] {0, 0, 1000, 2}, new float[] {0, 0, 1, 1});
        check(Nets::relu6, new float[] {0, 0, 6, 2}, new float[] {0, 0, 0, 1});
        check(
                x -> Nets.leakyRelu(x, 0.2),
                new float[] {0, -200, 1000, 2},
                new float[] {0.2f, 0.2f, 1, 1});
        check(x -> Nets.elu(x, 1), new float[] {0, -1, 1000, 2}, new float[] {1, 0, 1, 1});
        check(
                Nets::selu,
                new float[] {0, -1.758099f, 1050.701f, 2.101402f},
                new float[] {1.050701f, 0, 1.050701f, 1.050701f});
        check(
                Elements::softplus,
                new float[] {0.693147f, 0, 1000, 2.126928f},
                new float[] {0.5f, 0, 1, 0.880797f});
        check(
                Nets::logSigmoid,
                new float[] {-0.693147f, -1000, 0, -0.126928f},
                new float[] {0.5f, 1, 0, 0.119203f});
        check(
                x -> Nets.gelu(x, true),
                new float[] {0, 0, 1000, 1.954598f},
                new float[] {0.5f, 0, 1, 1.086099f});
    }

    private static void check(UnaryOperator<Tensor> function, float[] values, float[] slopes) {
        var x = Tensor.ofFloats(0, -1000, 1000, 2);
        try (var tape = new GradientTape()) {
            tape.watch(x);
            var y = function.apply(x);
            assertArrayEquals(values, y.toFloats(), 1e-4f);
            assertArrayEquals(
                    slopes, tape.gradientOrZeros(y.sum(), List.of(x)).get(0).toFloats(), 1e-5f);
        }
    }

    @Test
    void softmaxOfLargeNumbers() {
        var x = Tensor.of(new float[][] {{1000, 1000, -INF}, {0, 0, 0}});
        assertArrayEquals(
                new float[] {0.5f, 0.5f, 0, 1 / 3f, 1 / 3f, 1 / 3f},
                Nets.softmax(x, -1).toFloats(),
                1e-7f);
        assertArrayEquals(
                new float[] {-0.6931472f, -0.6931472f, -INF},
                Nets.logSoftmax(x.get("0"), -1).toFloats(),
                1e-6f);
        assertEquals(
                1,
                Nets.softmax(Tensor.ofFloats(1, 2, 3, 4).reshape(2, 2), 0, 1).sum().doubleValue(),
                1e-6);
        assertEquals(DType.BFLOAT16, Nets.softmax(x.cast(DType.BFLOAT16), -1).dtype());
    }

    @Test
    void crossEntropyAsRecorded() {
        var logits = Tensor.of(new float[][] {{1, 2, 3}, {1000, 0, -1000}});
        var labels = Tensor.of(new float[][] {{0.5f, 0.5f, 0.5f}, {0, 1, 0}});
        try (var tape = GradientTape.persistent()) {
            tape.watch(logits);
            tape.watch(labels);
            var loss = Nets.softmaxCrossEntropy(labels, logits, -1);
            assertArrayEquals(new float[] {2.111409f, 1000}, loss.toFloats(), 1e-5f);
            var gradients = tape.gradientOrZeros(loss.sum(), List.of(logits, labels));
            assertArrayEquals(
                    new float[] {-0.409969f, -0.255272f, 0.165241f, 1, -1, 0},
                    gradients.get(0).toFloats(),
                    1e-5f);
            assertArrayEquals(
                    new float[] {2.407606f, 1.407606f, 0.407606f, 0, 1000, 2000},
                    gradients.get(1).toFloats(),
                    1e-5f);
        }
        var sparse = Nets.sparseSoftmaxCrossEntropy(Tensor.ofInts(1, 1), logits);
        assertArrayEquals(new float[] {1.407606f, 1000}, sparse.toFloats(), 1e-5f);
        assertEquals(
                Float.NaN,
                Nets.sparseSoftmaxCrossEntropy(Tensor.ofInts(3, 1), logits).toFloats()[0]);
        var binary =
                Nets.sigmoidCrossEntropy(Tensor.ofFloats(1, 0, 1), Tensor.ofFloats(-1000, 1000, 0));
        assertArrayEquals(new float[] {1000, 1000, 0.693147f}, binary.toFloats(), 1e-5f);
    }

    @Test
    void gradients() {
        var random = new Random(5);
        var x = GradientCheck.random(random, 3, 4);
        var labels = Nets.softmax(GradientCheck.random(random, 3, 4), -1);
        GradientCheck.check(in -> Nets.softmax(in[0], 0), x);
        GradientCheck.check(in -> Nets.logSoftmax(in[0], -1), x);
        GradientCheck.check(in -> Nets.softmaxCrossEntropy(labels, in[0], -1), x);
        GradientCheck.check(
                in -> Nets.softmaxCrossEntropy(Nets.softmax(in[1], -1), in[0], -1),
                x,
                GradientCheck.random(random, 3, 4));
        GradientCheck.check(in -> Nets.sparseSoftmaxCrossEntropy(Tensor.ofInts(0, 3, 1), in[0]), x);
        GradientCheck.check(in -> Nets.sigmoidCrossEntropy(in[0], in[1]), labels, x);
        GradientCheck.check(in -> Elements.softplus(in[0]), x);
        GradientCheck.check(in -> Nets.gelu(in[0], false), x);
        GradientCheck.check(in -> Nets.moments(in[0], false, 0).variance(), x);
        GradientCheck.check(
                in -> Nets.batchNormalization(in[0], in[1], in[2].square(), 1, in[3], in[3], 1e-3),
                x,
                GradientCheck.random(random, 4),
                GradientCheck.random(random, 4),
                GradientCheck.random(random, 4));
    }

    @Test
    void momentsOfSmallFloatsAreComputedInFloat32() {
        var x = Tensor.ofFloats(300, -300, 300, -300).cast(DType.FLOAT16);
        assertEquals(0, Nets.moments(x, false).mean().doubleValue());
        assertEquals(65504, Nets.moments(x, false).variance().doubleValue());
        assertArrayEquals(
                new double[] {100},
                Nets.moments(x.div(30).cast(DType.FLOAT16), true).variance().toDoubles(),
                0.1);
    }
}
