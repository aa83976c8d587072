package sungu.keras.metrics;

import sungu.keras.config.KerasConfig;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.losses.WeightedValues;
import sungu.ops.Reductions;
import sungu.tensor.Tensor;

/** The mean of Lin's concordance of targets and predictions along an axis. */
public final class ConcordanceCorrelation extends MeanOfFunction<ConcordanceCorrelation> {
    static final Setting<Integer> AXIS = Setting.integer("axis").defaults(-1);
    static final ObjectType<ConcordanceCorrelation> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "ConcordanceCorrelation",
                    ConcordanceCorrelation::new,
                    NAME,
                    DTYPE,
                    AXIS);

    /** With Keras' defaults. */
    public ConcordanceCorrelation() {
        set(NAME, "concordance_correlation");
    }

    /** The axis along which values belong together. */
    public ConcordanceCorrelation axis(int axis) {
        return with(AXIS, axis);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue.cast(yPred.dtype()), yPred);
        int axis = get(AXIS);
        var t = pair.first();
        var p = pair.second();
        var tMean = Reductions.mean(t, true, axis);
        var pMean = Reductions.mean(p, true, axis);
        var spread =
                Reductions.mean(t.minus(tMean).square(), true, axis)
                        .plus(Reductions.mean(p.minus(pMean).square(), true, axis));
        var norm = spread.plus(tMean.minus(pMean).square()).plus(KerasConfig.epsilon());
        return t.minus(pMean).times(p.minus(pMean)).times(2.0).div(norm).mean(axis);
    }
}
