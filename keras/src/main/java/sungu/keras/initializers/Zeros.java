package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Zeros. */
public final class Zeros extends Initializer {
    static final ObjectType<Zeros> TYPE = ObjectType.of("keras.initializers", "Zeros", Zeros::new);

    /** Zeros. */
    public Zeros() {}

    @Override
    public ObjectType<Zeros> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        return Tensor.zeros(shape, dtype);
    }
}
