package sungu.tensor;

import org.jspecify.annotations.Nullable;

/**
 * A tensor without a value or a graph: the result of calling a Keras layer or operation on a
 * model's inputs. Its shape may have unknown dimensions.
 *
 * <p>The engine knows no more about it than that its operators go to the library that made it.
 */
public abstract non-sealed class SymbolicTensor extends Tensor {
    /** A symbolic tensor of this type. */
    protected SymbolicTensor(TensorType type) {
        super(type);
    }

    /**
     * Applies the Keras operation of that name, such as {@code add}, to operands of which at least
     * one is symbolic.
     */
    public abstract Tensor operator(String operation, @Nullable Object... operands);

    @Override
    public HostTensor host() {
        throw new TensorException(
                "a symbolic tensor " + type() + " has no value",
                "it is an input or inner value of a Keras model; call the model with data to get"
                        + " values");
    }

    @Override
    public String toString() {
        return "SymbolicTensor(" + type() + ")";
    }
}
