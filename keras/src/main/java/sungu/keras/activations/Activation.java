package sungu.keras.activations;

import sungu.keras.config.Serialization;
import sungu.tensor.Tensor;

/** An activation function with the name that configs have for it. */
public record Activation(String functionName, boolean isBuiltIn, Function function)
        implements Serialization.Named {
    /** The function itself. */
    public interface Function {
        /** Elementwise or over the last axis. */
        Tensor apply(Tensor x);
    }

    /** A user's activation. */
    public static Activation of(String name, Function function) {
        return new Activation(name, false, function);
    }

    /** Applies it. */
    public Tensor apply(Tensor x) {
        return function.apply(x);
    }
}
