package sungu.keras.initializers;

import sungu.keras.config.Configured;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Makes the first values of weights. */
public abstract class Initializer extends Configured {
    /** For sub-classes. */
    protected Initializer() {}

    /** Values of this shape and dtype. */
    public abstract Tensor apply(Shape shape, DType dtype);
}
