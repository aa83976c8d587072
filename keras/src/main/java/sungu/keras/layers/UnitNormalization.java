package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.ops.Ops;
import sungu.tensor.Tensor;

/** Brings each row to length 1. */
public final class UnitNormalization extends Layer.Of<UnitNormalization> {
    static final Setting<AxisSetting> AXIS = AxisSetting.setting();
    static final ObjectType<UnitNormalization> TYPE =
            typed("UnitNormalization", UnitNormalization::new, AXIS);

    /** Normalizes the last axis. */
    public UnitNormalization() {
        supportsMasking(true);
    }

    @Override
    public ObjectType<UnitNormalization> type() {
        return TYPE;
    }

    /** The axes that are normalized together. */
    public UnitNormalization axis(int... axes) {
        return with(AXIS, AxisSetting.of(axes));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        LayerNormalization.axes(get(AXIS), input.shape());
        return Ops.normalize(input, get(AXIS).array(), 2, 1e-12);
    }
}
