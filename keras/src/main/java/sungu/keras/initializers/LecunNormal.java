package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** LeCun et al., 1998: truncated normal numbers with variance 1 / inputs. */
public final class LecunNormal extends Scaled<LecunNormal> {
    static final ObjectType<LecunNormal> TYPE =
            ObjectType.of(
                    "keras.initializers",
                    "LecunNormal",
                    LecunNormal::new,
                    SEED,
                    INPUT_AXES,
                    OUTPUT_AXES);

    /** LeCun et al., 1998: truncated normal numbers with variance 1 / inputs. */
    public LecunNormal() {}

    @Override
    public ObjectType<LecunNormal> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        return scaled(1, "fan_in", "truncated_normal", shape, dtype);
    }
}
