package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** LeCun et al., 1998: uniform numbers with variance 1 / inputs. */
public final class LecunUniform extends Scaled<LecunUniform> {
    static final ObjectType<LecunUniform> TYPE =
            ObjectType.of(
                    "keras.initializers",
                    "LecunUniform",
                    LecunUniform::new,
                    SEED,
                    INPUT_AXES,
                    OUTPUT_AXES);

    /** LeCun et al., 1998: uniform numbers with variance 1 / inputs. */
    public LecunUniform() {}

    @Override
    public ObjectType<LecunUniform> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        return scaled(1, "fan_in", "uniform", shape, dtype);
    }
}
