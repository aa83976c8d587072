package sungu.keras.regularizers;

import sungu.keras.config.Configured;
import sungu.tensor.Tensor;

/** A penalty on values, added to the loss. */
public abstract class Regularizer extends Configured {
    /** A penalty as a function. */
    public interface Function {
        /** The penalty, a scalar. */
        Tensor apply(Tensor value);
    }

    /** For sub-classes. */
    protected Regularizer() {}

    /** A regularizer from a function. */
    public static Regularizer of(Function function) {
        return new Regularizer() {
            @Override
            public Tensor apply(Tensor value) {
                return function.apply(value);
            }
        };
    }

    /** The penalty, a scalar. */
    public abstract Tensor apply(Tensor value);
}
