package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.ops.Contractions;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Nets;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Ints;
import sungu.tensor.Tensor;

/** Scaled dot product attention of heads side by side. */
final class HeadAttention {
    private HeadAttention() {}

    /**
     * The values, weighted by {@code softmax(query . key * scale)}. Where a query sees nothing, all
     * values count the same.
     *
     * @param query (rows, T, heads, size)
     * @param key (rows, S, heads, size)
     * @param value (rows, S, heads, size of values)
     * @param mask (rows or 1, heads or 1, T, S), true where a query may look; null for everywhere
     * @return (rows, T, heads, size of values)
     */
    static Tensor apply(
            Tensor query, Tensor key, Tensor value, @Nullable Tensor mask, double scale) {
        var batch = Ints.of(0, 2);
        var products =
                Contractions.dotGeneral(
                        query.times(scale), key, batch, batch, Ints.of(3), Ints.of(3));
        var logits = products.cast(DType.FLOAT32);
        if (mask != null) {
            logits = Elements.select(mask, logits, Elements.weak(-0.7 * Float.MAX_VALUE, logits));
        }
        var weights = Nets.softmax(logits, -1).cast(value.dtype());
        var heads =
                Contractions.dotGeneral(
                        weights, value, Ints.of(0, 1), batch, Ints.of(3), Ints.of(1));
        return Movements.transpose(heads, 0, 2, 1, 3);
    }

    /** The softmax over some axes; what is masked is zero. */
    static Tensor softmax(Tensor x, @Nullable Tensor mask, int... axes) {
        var open =
                mask == null
                        ? x
                        : Elements.select(mask, x, Elements.weak(Softmax.masked(x.dtype()), x));
        var y =
                axes.length == 1
                        ? Nets.softmax(open, axes)
                        : Elements.exp(open.minus(Reductions.logSumExp(open, true, axes)));
        return mask == null ? y : Elements.select(mask, y, Elements.zerosLike(y));
    }
}
