package sungu.keras.constraints;

import sungu.keras.config.ObjectType;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

/** No value is negative. */
public final class NonNeg extends Constraint {
    static final ObjectType<NonNeg> TYPE =
            ObjectType.of("keras.constraints", "NonNeg", NonNeg::new);

    /** Keras' defaults. */
    public NonNeg() {}

    @Override
    public ObjectType<NonNeg> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Tensor value) {
        return Elements.maximum(value, Elements.weak(0, value));
    }
}
