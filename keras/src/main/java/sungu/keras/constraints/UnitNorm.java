package sungu.keras.constraints;

import sungu.keras.config.KerasConfig;
import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** Each vector has length 1. */
public final class UnitNorm extends NormConstraint {
    static final ObjectType<UnitNorm> TYPE =
            ObjectType.of("keras.constraints", "UnitNorm", UnitNorm::new, AXIS);

    /** Keras' defaults. */
    public UnitNorm() {}

    /** The axes along which lengths are measured. */
    public UnitNorm axis(int... axes) {
        set(AXIS, java.util.Arrays.stream(axes).boxed().toList());
        return this;
    }

    @Override
    public ObjectType<UnitNorm> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Tensor value) {
        return value.div(lengths(value).plus(KerasConfig.epsilon()));
    }
}
