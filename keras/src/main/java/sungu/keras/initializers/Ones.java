package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Ones. */
public final class Ones extends Initializer {
    static final ObjectType<Ones> TYPE = ObjectType.of("keras.initializers", "Ones", Ones::new);

    /** Ones. */
    public Ones() {}

    @Override
    public ObjectType<Ones> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        return Tensor.ones(shape, dtype);
    }
}
