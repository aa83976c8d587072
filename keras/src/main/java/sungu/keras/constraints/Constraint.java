package sungu.keras.constraints;

import sungu.keras.config.Configured;
import sungu.tensor.Tensor;

/** What a weight is brought back to after each update. */
public abstract class Constraint extends Configured {
    /** A constraint as a function. */
    public interface Function {
        /** The nearest allowed value. */
        Tensor apply(Tensor value);
    }

    /** For sub-classes. */
    protected Constraint() {}

    /** A constraint from a function. */
    public static Constraint of(Function function) {
        return new Constraint() {
            @Override
            public Tensor apply(Tensor value) {
                return function.apply(value);
            }
        };
    }

    /** The nearest allowed value. */
    public abstract Tensor apply(Tensor value);
}
