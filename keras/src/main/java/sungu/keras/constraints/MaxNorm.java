package sungu.keras.constraints;

import sungu.keras.config.KerasConfig;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

/** No vector is longer than the maximum. */
public final class MaxNorm extends NormConstraint {
    static final Setting<Double> MAX_VALUE =
            Setting.number("max_value").nonNegative().defaults(2.0);
    static final ObjectType<MaxNorm> TYPE =
            ObjectType.of("keras.constraints", "MaxNorm", MaxNorm::new, MAX_VALUE, AXIS);

    /** Keras' defaults. */
    public MaxNorm() {}

    /** No vector is longer than the maximum. */
    public MaxNorm(double maxValue) {
        set(MAX_VALUE, maxValue);
    }

    /** The axes along which lengths are measured. */
    public MaxNorm axis(int... axes) {
        set(AXIS, java.util.Arrays.stream(axes).boxed().toList());
        return this;
    }

    @Override
    public ObjectType<MaxNorm> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Tensor value) {
        var norms = lengths(value);
        var desired = Elements.minimum(norms, Elements.weak(get(MAX_VALUE), norms));
        return value.times(desired.div(norms.plus(KerasConfig.epsilon())));
    }
}
