package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** He et al., 2015: uniform numbers with variance 2 / inputs. */
public final class HeUniform extends Scaled<HeUniform> {
    static final ObjectType<HeUniform> TYPE =
            ObjectType.of(
                    "keras.initializers",
                    "HeUniform",
                    HeUniform::new,
                    SEED,
                    INPUT_AXES,
                    OUTPUT_AXES);

    /** He et al., 2015: uniform numbers with variance 2 / inputs. */
    public HeUniform() {}

    @Override
    public ObjectType<HeUniform> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        return scaled(2, "fan_in", "uniform", shape, dtype);
    }
}
