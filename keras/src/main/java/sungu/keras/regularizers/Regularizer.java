package sungu.keras.regularizers;

import sungu.keras.config.Configured;
import sungu.tensor.Tensor;

/** A penalty on values, added to the loss. */
public abstract class Regularizer extends Configured {
    /** For sub-classes. */
    protected Regularizer() {}

    /** The penalty, a scalar. */
    public abstract Tensor apply(Tensor value);
}
