package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/**
 * Attention by the tanh of sums of queries and keys (Bahdanau et al., 2015); see {@link
 * SequenceAttention} for the arguments of a call.
 */
public final class AdditiveAttention extends SequenceAttention<AdditiveAttention> {
    static final Setting<Boolean> USE_SCALE = Setting.flag("use_scale").defaults(true);
    static final WeightSetting SCALE = WeightSetting.of("scale", "glorot_uniform");
    static final ObjectType<AdditiveAttention> TYPE =
            typed("AdditiveAttention", AdditiveAttention::new, USE_SCALE, DROPOUT, SEED);

    private @Nullable Weight scale;

    /** Scores are weighted sums with learnt weights. */
    public AdditiveAttention() {}

    @Override
    public ObjectType<AdditiveAttention> type() {
        return TYPE;
    }

    /** Whether the sums are weighted. */
    public AdditiveAttention useScale(boolean on) {
        return with(USE_SCALE, on);
    }

    @Override
    void addWeights(Shape query) {
        if (get(USE_SCALE)) {
            scale = addWeight("scale", Shape.of(query.dim(-1)), SCALE);
        }
    }

    @Override
    Tensor scores(Tensor query, Tensor key) {
        var sums = Movements.expandDims(query, -2).plus(Movements.expandDims(key, -3));
        var squashed = Elements.tanh(sums);
        return (scale == null ? squashed : squashed.times(scale.value())).sum(-1);
    }
}
