package sungu.keras.initializers;

import sungu.keras.config.Configured;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Makes the first values of weights. */
public abstract class Initializer extends Configured {
    /** An initializer as a function. */
    public interface Function {
        /** Values of this shape and dtype. */
        Tensor apply(Shape shape, DType dtype);
    }

    /** For sub-classes. */
    protected Initializer() {}

    /** An initializer from a function. */
    public static Initializer of(Function function) {
        return new Initializer() {
            @Override
            public Tensor apply(Shape shape, DType dtype) {
                return function.apply(shape, dtype);
            }
        };
    }

    /** Values of this shape and dtype. */
    public abstract Tensor apply(Shape shape, DType dtype);
}
