package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Arrays;
import java.util.List;

/**
 * Attention by products of queries and keys (Luong et al., 2015); see {@link SequenceAttention} for
 * the arguments of a call.
 */
public final class Attention extends SequenceAttention<Attention> {
    static final Setting<Boolean> USE_SCALE = Setting.flag("use_scale").defaults(false);
    static final Setting<String> SCORE_MODE =
            Setting.text("score_mode").oneOf(List.of("dot", "concat")).defaults("dot");
    static final WeightSetting ONE = WeightSetting.of("scale", "ones");
    static final ObjectType<Attention> TYPE =
            typed("Attention", Attention::new, USE_SCALE, SCORE_MODE, DROPOUT, SEED);

    private @Nullable Weight scale;
    private @Nullable Weight concatScoreWeight;

    /** Scores are plain products. */
    public Attention() {}

    @Override
    public ObjectType<Attention> type() {
        return TYPE;
    }

    /** Whether a learnt number scales the scores. */
    public Attention useScale(boolean on) {
        return with(USE_SCALE, on);
    }

    /** {@code dot} for products, {@code concat} for the tanh of sums. */
    public Attention scoreMode(String mode) {
        return with(SCORE_MODE, mode);
    }

    @Override
    void addWeights(Shape query) {
        if (get(USE_SCALE)) {
            scale = addWeight("scale", Shape.SCALAR, ONE);
        }
        if (get(SCORE_MODE).equals("concat")) {
            concatScoreWeight = addWeight("concat_score_weight", Shape.SCALAR, ONE);
        }
    }

    @Override
    Tensor scores(Tensor query, Tensor key) {
        if (concatScoreWeight == null) {
            var order = new int[key.rank()];
            Arrays.setAll(order, i -> i);
            order[key.rank() - 1] = key.rank() - 2;
            order[key.rank() - 2] = key.rank() - 1;
            var products = query.matmul(Movements.transpose(key, order));
            return scale == null ? products : products.times(scale.value());
        }
        var sums = Movements.expandDims(query, -2).plus(Movements.expandDims(key, -3));
        var scaled = scale == null ? sums : sums.times(scale.value());
        return Elements.tanh(scaled).sum(-1).times(concatScoreWeight.value());
    }
}
