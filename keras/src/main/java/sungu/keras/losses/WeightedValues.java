package sungu.keras.losses;

import org.jspecify.annotations.Nullable;

import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** How losses and metrics bring values, weights and masks together. */
public final class WeightedValues {
    /** Two tensors brought to one rank. */
    public record Pair(Tensor first, Tensor second) {}

    private WeightedValues() {}

    /**
     * Where two ranks differ by one and the longer shape ends in 1, drops that 1, or adds one to a
     * vector.
     */
    public static Pair sameRank(Tensor first, Tensor second) {
        return sameRank(first, second, true);
    }

    /** The same; {@code expandVectors} false never adds a dimension. */
    public static Pair sameRank(Tensor first, Tensor second, boolean expandVectors) {
        if (first.rank() == second.rank() + 1 && first.shape().dim(-1) == 1) {
            return second.rank() == 1 && expandVectors
                    ? new Pair(first, Movements.expandDims(second, -1))
                    : new Pair(Movements.squeeze(first, -1), second);
        }
        if (second.rank() == first.rank() + 1 && second.shape().dim(-1) == 1) {
            return first.rank() == 1 && expandVectors
                    ? new Pair(Movements.expandDims(first, -1), second)
                    : new Pair(first, Movements.squeeze(second, -1));
        }
        return new Pair(first, second);
    }

    /**
     * Weights with a mask put into them; a mean of the remaining values stays a mean when {@code
     * rescaled}.
     */
    public static @Nullable Tensor masked(
            @Nullable Tensor weights, @Nullable Tensor mask, DType dtype, boolean rescaled) {
        if (mask == null) {
            return weights == null ? null : weights.cast(dtype);
        }
        var factor = mask.cast(dtype);
        if (rescaled) {
            // Valid entries weigh total/valid, so that dividing by the total later divides by the
            // valid ones.
            var total = Tensor.full(Shape.SCALAR, mask.size(), dtype);
            var share = Elements.divideNoNan(total, factor.sum());
            factor =
                    Elements.select(
                            mask.cast(DType.BOOL),
                            Movements.broadcastTo(share, factor.shape()),
                            Elements.zerosLike(factor));
        }
        if (weights == null) {
            return factor;
        }
        var pair = sameRank(factor, weights.cast(dtype));
        return pair.second().times(pair.first());
    }

    /**
     * Values times weights, reduced as {@code reduction} says: null or {@code none}, {@code sum},
     * or a form of mean.
     */
    public static Tensor reduce(
            Tensor values,
            @Nullable Tensor weights,
            @Nullable Tensor mask,
            @Nullable String reduction) {
        boolean mean = "sum_over_batch_size".equals(reduction) || "mean".equals(reduction);
        var all = masked(weights, mask, values.dtype(), mean);
        if (all != null) {
            var pair = sameRank(values, all);
            all = pair.second();
            values = pair.first().times(all);
        }
        if (reduction == null
                || reduction.equals("none")
                || values.rank() == 0
                || values.rank() == 1 && values.shape().dim(0) == 0) {
            return values;
        }
        var sum = values.sum();
        if (reduction.equals("sum")) {
            return sum;
        }
        var divisor =
                !mean && all != null
                        ? all.sum()
                        : Tensor.full(Shape.SCALAR, values.size(), values.dtype());
        return Elements.divideNoNan(sum, divisor);
    }
}
