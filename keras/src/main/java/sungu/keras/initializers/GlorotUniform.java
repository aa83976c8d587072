package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Glorot and Bengio, 2010: uniform numbers with variance 2 / (inputs + outputs). */
public final class GlorotUniform extends Scaled<GlorotUniform> {
    static final ObjectType<GlorotUniform> TYPE =
            ObjectType.of(
                    "keras.initializers",
                    "GlorotUniform",
                    GlorotUniform::new,
                    SEED,
                    INPUT_AXES,
                    OUTPUT_AXES);

    /** Glorot and Bengio, 2010: uniform numbers with variance 2 / (inputs + outputs). */
    public GlorotUniform() {}

    @Override
    public ObjectType<GlorotUniform> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        return scaled(1, "fan_avg", "uniform", shape, dtype);
    }
}
