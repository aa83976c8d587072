package sungu.ops;

import sungu.ops.OpTable.Smooth;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.EnumSet;
import java.util.List;

/** The rows of the op table for network functions, convolution, pooling and einsum. */
final class NetworkRows {
    private static final int[] ONE = {1};
    private static final int[] TWO = {2};
    private static final String LAST = "channels_last";
    private static final String FIRST = "channels_first";

    private NetworkRows() {}

    static void add(OpTable t) {
        var f = OpTable.FLOATS;
        var same = new Shape[] {Shape.of(2, 3), Shape.of(2, 3)};
        t.unary("Nets.softmax", x -> Nets.softmax(x, -1), f, Smooth.TWICE, -2, 2);
        t.unary("Nets.logSoftmax", x -> Nets.logSoftmax(x, 0), f, Smooth.TWICE, -2, 2);
        t.binary(
                "Nets.softmaxCrossEntropy",
                (x, y) ->
                        Nets.softmaxCrossEntropy(Controls.stopGradient(Nets.softmax(x, -1)), y, -1),
                f,
                Smooth.NONE,
                -2,
                2,
                same);
        t.unary(
                "Nets.softmaxCrossEntropy logits",
                x ->
                        Nets.softmaxCrossEntropy(
                                Tensor.of(new double[][] {{0.2, 0.5, 0.3}, {0, 1, 0}})
                                        .cast(x.dtype()),
                                x,
                                -1),
                f,
                Smooth.TWICE,
                -2,
                2);
        t.unary(
                "Nets.sparseSoftmaxCrossEntropy",
                x -> Nets.sparseSoftmaxCrossEntropy(Tensor.ofInts(2, 0), x),
                f,
                Smooth.TWICE,
                -2,
                2);
        t.binary(
                "Nets.sigmoidCrossEntropy",
                Nets::sigmoidCrossEntropy,
                f,
                Smooth.ONCE,
                0.1,
                2,
                same);
        t.unary("Nets.logSigmoid", Nets::logSigmoid, f, Smooth.TWICE, -2, 2);
        t.unary("Nets.relu", Nets::relu, OpTable.REALS, Smooth.TWICE, -2, 2);
        t.unary("Nets.relu6", Nets::relu6, f, Smooth.TWICE, -2, 8);
        t.unary("Nets.leakyRelu", x -> Nets.leakyRelu(x, 0.2), f, Smooth.TWICE, -2, 2);
        t.unary("Nets.elu", x -> Nets.elu(x, 0.7), f, Smooth.TWICE, -2, 2);
        t.unary("Nets.selu", Nets::selu, f, Smooth.TWICE, -2, 2);
        t.unary("Nets.gelu", x -> Nets.gelu(x, false), f, Smooth.TWICE, -2, 2);
        t.unary("Nets.gelu approximate", x -> Nets.gelu(x, true), f, Smooth.TWICE, -2, 2);
        t.unary("Nets.silu", Nets::silu, f, Smooth.TWICE, -2, 2);
        t.unary(
                "Nets.moments",
                x -> Nets.moments(x, false, 0).variance().plus(Nets.moments(x, false, 0).mean()),
                f,
                Smooth.TWICE,
                -2,
                2);
        t.ternary(
                "Nets.batchNormalization",
                (x, mean, scale) ->
                        Nets.batchNormalization(x, mean, scale.square(), -1, mean, scale, 0.1),
                f,
                Smooth.TWICE,
                Shape.of(2, 3),
                Shape.of(3),
                Shape.of(3));

        t.binary(
                "Windows.conv 1d",
                (x, k) -> Windows.conv(x, k, TWO, "same", LAST, ONE),
                f,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 5, 2),
                Shape.of(3, 2, 2));
        t.binary(
                "Windows.conv causal",
                (x, k) -> Windows.conv(x, k, ONE, "causal", LAST, TWO),
                f,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 5, 2),
                Shape.of(3, 2, 2));
        t.binary(
                "Windows.conv 2d",
                (x, k) -> Windows.conv(x, k, ONE, "valid", LAST, TWO),
                f,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 5, 4, 2),
                Shape.of(2, 2, 2, 3));
        t.binary(
                "Windows.conv first",
                (x, k) -> Windows.conv(x, k, TWO, "same", FIRST, ONE),
                f,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(1, 2, 4, 5),
                Shape.of(3, 2, 2, 2));
        t.binary(
                "Windows.conv groups",
                (x, k) -> Windows.conv(x, k, ONE, "same", LAST, ONE),
                f,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(1, 4, 4, 4),
                Shape.of(3, 3, 2, 2));
        t.binary(
                "Windows.conv 3d",
                (x, k) -> Windows.conv(x, k, TWO, "same", LAST, ONE),
                f,
                Smooth.ONCE,
                -2,
                2,
                Shape.of(1, 3, 4, 3, 1),
                Shape.of(2, 2, 2, 1, 2));
        t.binary(
                "Windows.conv explicit",
                (x, k) -> Windows.conv(x, k, ONE, new int[] {2, 0}, new int[] {0, 1}, LAST, ONE),
                f,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(1, 3, 3, 1),
                Shape.of(2, 2, 1, 2));
        t.binary(
                "Windows.depthwiseConv",
                (x, k) -> Windows.depthwiseConv(x, k, TWO, "same", LAST, ONE),
                f,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(1, 4, 5, 2),
                Shape.of(3, 3, 2, 2));
        t.ternary(
                "Windows.separableConv",
                (x, d, p) -> Windows.separableConv(x, d, p, ONE, "valid", LAST, ONE),
                f,
                Smooth.TWICE,
                Shape.of(1, 4, 4, 2),
                Shape.of(2, 2, 2, 1),
                Shape.of(1, 1, 2, 3));
        t.binary(
                "Windows.convTranspose",
                (x, k) -> Windows.convTranspose(x, k, TWO, "same", null, LAST, ONE),
                f,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(1, 2, 3, 2),
                Shape.of(3, 3, 3, 2));
        t.unary(
                "Windows.maxPool",
                x -> Windows.maxPool(x, TWO, ONE, "same", LAST),
                f,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(1, 3, 4, 2));
        t.unary(
                "Windows.maxPool first",
                x -> Windows.maxPool(x, TWO, TWO, "valid", FIRST),
                f,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(1, 2, 4, 5));
        t.unary(
                "Windows.averagePool",
                x -> Windows.averagePool(x, TWO, ONE, "same", LAST),
                f,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(1, 3, 4, 2));
        t.unary(
                "Windows.adaptiveAveragePool",
                x -> Windows.adaptiveAveragePool(x, TWO, LAST),
                f,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(1, 5, 4, 2));
        t.unary(
                "Windows.adaptiveMaxPool",
                x -> Windows.adaptiveMaxPool(x, TWO, LAST),
                f,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(1, 5, 4, 2));

        t.binary(
                "Einsum.einsum",
                (x, y) -> Einsum.einsum("bij,bjk->bik", x, y),
                OpTable.NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3, 2),
                Shape.of(2, 2, 4));
        t.unary(
                "Einsum.einsum diagonal",
                x -> Einsum.einsum("ii->i", x),
                OpTable.NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(3, 3));
        t.binary(
                "Einsum.einsum ellipsis",
                (x, y) -> Einsum.einsum("...i,...j->...", x, y),
                OpTable.NUMBERS,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 3),
                Shape.of(2, 2));
        sequences(t);
    }

    /** Labels of sequences without alignment. */
    private static void sequences(OpTable t) {
        var wide = EnumSet.of(DType.FLOAT32, DType.FLOAT64);
        var labels = Movements.reshape(Tensor.ofInts(1, 2, 2, 0), 2, 2);
        t.unary(
                "Ctc.loss",
                x -> Ctc.loss(labels, x, Tensor.ofInts(2, 1), Tensor.ofInts(4, 3), 0),
                wide,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(2, 4, 3));
        for (boolean merge : new boolean[] {true, false}) {
            t.list(
                    "Ctc.greedy" + (merge ? "" : " all"),
                    in -> {
                        var found = Ctc.greedy(in[0], Tensor.ofInts(4, 2), merge, 1);
                        return List.of(found.labels(), found.scores());
                    },
                    OpTable.FLOATS,
                    Smooth.NONE,
                    Shape.of(2, 4, 3));
        }
        t.list(
                "Ctc.beam",
                in -> {
                    var found = Ctc.beam(in[0], Tensor.ofInts(4, 2), 5, 2, 2);
                    return List.of(found.labels(), found.scores());
                },
                OpTable.FLOATS,
                Smooth.NONE,
                Shape.of(2, 4, 3));
    }
}
