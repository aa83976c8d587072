package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.losses.WeightedValues;
import sungu.ops.Reductions;
import sungu.tensor.Tensor;

/** The mean of Pearson's correlation of targets and predictions along an axis. */
public final class PearsonCorrelation extends MeanOfFunction<PearsonCorrelation> {
    static final Setting<Integer> AXIS = Setting.integer("axis").defaults(-1);
    static final ObjectType<PearsonCorrelation> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "PearsonCorrelation",
                    PearsonCorrelation::new,
                    NAME,
                    DTYPE,
                    AXIS);

    /** With Keras' defaults. */
    public PearsonCorrelation() {
        set(NAME, "pearson_correlation");
    }

    /** The axis along which values belong together. */
    public PearsonCorrelation axis(int axis) {
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
        var t = pair.first().minus(Reductions.mean(pair.first(), true, axis));
        var p = pair.second().minus(Reductions.mean(pair.second(), true, axis));
        var tDeviation = Reductions.mean(t.square(), true, axis).sqrt();
        var pDeviation = Reductions.mean(p.square(), true, axis).sqrt();
        return t.div(tDeviation).times(p.div(pDeviation)).mean(axis);
    }
}
