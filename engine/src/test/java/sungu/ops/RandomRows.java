package sungu.ops;

import sungu.ops.OpTable.Smooth;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.EnumSet;
import java.util.Set;

/**
 * The rows of the op table for random numbers. Their first input is the seed where no other is
 * varied.
 */
final class RandomRows {
    private static final Tensor SEED = Tensor.ofInts(3, 7);
    private static final Set<DType> WIDE = EnumSet.of(DType.FLOAT32, DType.FLOAT64);

    private RandomRows() {}

    static void add(OpTable t) {
        var seeds = EnumSet.of(DType.INT32, DType.INT64);
        var shape = Shape.of(4, 3);
        t.unary(
                "Randoms.statelessUniform",
                x -> Randoms.statelessUniform(shape, x, -1, 2, DType.FLOAT32),
                seeds,
                Smooth.NONE,
                1,
                9,
                Shape.of(2));
        t.unary(
                "Randoms.statelessUniform range",
                x -> Randoms.statelessUniform(shape, SEED, x, x.plus(1), x.dtype()),
                WIDE,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(3));
        t.unary(
                "Randoms.statelessNormal",
                x -> Randoms.statelessNormal(shape, x, 1, 2, DType.FLOAT64),
                seeds,
                Smooth.NONE,
                1,
                9,
                Shape.of(2));
        t.unary(
                "Randoms.statelessTruncatedNormal",
                x -> Randoms.statelessTruncatedNormal(shape, x, 1, 2, DType.FLOAT16),
                seeds,
                Smooth.NONE,
                1,
                9,
                Shape.of(2));
        t.unary(
                "Randoms.statelessBits",
                x -> Randoms.statelessBits(shape, x, DType.INT32),
                seeds,
                Smooth.NONE,
                1,
                9,
                Shape.of(2));
        t.unary(
                "Randoms.statelessIntegers",
                x -> Randoms.statelessIntegers(shape, SEED, x, x.plus(9), DType.INT32),
                Set.of(DType.INT32),
                Smooth.NONE,
                1,
                9,
                Shape.SCALAR);
        t.unary(
                "Randoms.statelessGamma",
                x -> Randoms.statelessGamma(shape, SEED, x),
                WIDE,
                Smooth.NONE,
                0.5,
                3,
                Shape.of(3));
        t.unary(
                "Randoms.statelessGamma rate",
                x -> Randoms.statelessGamma(shape, SEED, Tensor.of(new double[] {1, 2, 3}), x),
                Set.of(DType.FLOAT64),
                Smooth.TWICE,
                0.5,
                3,
                Shape.of(3));
        t.unary(
                "Randoms.statelessPoisson",
                x -> Randoms.statelessPoisson(shape, SEED, x, DType.INT64),
                WIDE,
                Smooth.NONE,
                0.5,
                3,
                Shape.of(3));
        t.binary(
                "Randoms.statelessBinomial",
                (n, p) ->
                        Randoms.statelessBinomial(
                                shape, SEED, n.plus(5), p.times(0.3), DType.INT32),
                WIDE,
                Smooth.NONE,
                0.1,
                3,
                Shape.of(3),
                Shape.SCALAR);
        t.unary(
                "Randoms.statelessCategorical",
                x -> Randoms.statelessCategorical(x, 5, SEED, DType.INT64),
                WIDE,
                Smooth.NONE,
                -2,
                2);
        t.unary(
                "Randoms.statelessShuffle",
                x -> Randoms.statelessShuffle(x, 0, SEED),
                OpTable.ALL,
                Smooth.TWICE,
                -2,
                2,
                Shape.of(4, 2));
    }
}
