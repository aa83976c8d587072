package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** He et al., 2015: truncated normal numbers with variance 2 / inputs. */
public final class HeNormal extends Scaled<HeNormal> {
    static final ObjectType<HeNormal> TYPE =
            ObjectType.of(
                    "keras.initializers", "HeNormal", HeNormal::new, SEED, INPUT_AXES, OUTPUT_AXES);

    /** He et al., 2015: truncated normal numbers with variance 2 / inputs. */
    public HeNormal() {}

    @Override
    public ObjectType<HeNormal> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        return scaled(2, "fan_in", "truncated_normal", shape, dtype);
    }
}
