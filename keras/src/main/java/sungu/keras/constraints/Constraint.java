package sungu.keras.constraints;

import sungu.keras.config.Configured;
import sungu.tensor.Tensor;

/** What a weight is brought back to after each update. */
public abstract class Constraint extends Configured {
    /** For sub-classes. */
    protected Constraint() {}

    /** The nearest allowed value. */
    public abstract Tensor apply(Tensor value);
}
