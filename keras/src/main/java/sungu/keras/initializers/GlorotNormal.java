package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Glorot and Bengio, 2010: truncated normal numbers with variance 2 / (inputs + outputs). */
public final class GlorotNormal extends Scaled<GlorotNormal> {
    static final ObjectType<GlorotNormal> TYPE =
            ObjectType.of(
                    "keras.initializers",
                    "GlorotNormal",
                    GlorotNormal::new,
                    SEED,
                    INPUT_AXES,
                    OUTPUT_AXES);

    /** Glorot and Bengio, 2010: truncated normal numbers with variance 2 / (inputs + outputs). */
    public GlorotNormal() {}

    @Override
    public ObjectType<GlorotNormal> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        return scaled(1, "fan_avg", "truncated_normal", shape, dtype);
    }
}
