package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Tensor;

import java.util.function.Supplier;

/**
 * What a gradient rule sees of one application of its primitive: the inputs, the outputs and the
 * cotangents, that is the gradients of the final scalar by each output.
 */
public final class Gradient {
    private final Tensor[] inputs;
    private final Tensor[] outputs;
    private final @Nullable Tensor[] cotangents;
    private final boolean[] needed;

    /**
     * One application of a primitive; the arrays are not copied.
     *
     * @param needed per input whether its gradient is asked for
     */
    public Gradient(
            Tensor[] inputs, Tensor[] outputs, @Nullable Tensor[] cotangents, boolean[] needed) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.cotangents = cotangents;
        this.needed = needed;
    }

    /** The number of inputs. */
    public int inputs() {
        return inputs.length;
    }

    /** The number of outputs. */
    public int outputs() {
        return outputs.length;
    }

    /** An input. */
    public Tensor x(int i) {
        return inputs[i];
    }

    /** The first input. */
    public Tensor x() {
        return inputs[0];
    }

    /** The second input. */
    public Tensor y() {
        return inputs[1];
    }

    /** An output. */
    public Tensor out(int i) {
        return outputs[i];
    }

    /** The first output. */
    public Tensor out() {
        return outputs[0];
    }

    /** The cotangent of the first output. */
    public Tensor d() {
        return d(0);
    }

    /** The cotangent of an output; zeros where none arrived. */
    public Tensor d(int i) {
        Tensor cotangent = cotangents[i];
        return cotangent != null ? cotangent : Tensor.zeros(outputs[i].shape(), outputs[i].dtype());
    }

    /** Whether a cotangent arrived at an output. */
    public boolean has(int i) {
        return cotangents[i] != null;
    }

    /** Whether the gradient by an input is asked for. */
    public boolean needs(int i) {
        return needed[i];
    }

    /** The gradients by the inputs, in order; each is worked out only where it is needed. */
    @SafeVarargs
    public final @Nullable Tensor[] each(Supplier<? extends @Nullable Tensor>... rules) {
        var gradients = new Tensor[inputs.length];
        for (int i = 0; i < rules.length; i++) {
            if (needed[i]) {
                gradients[i] = rules[i].get();
            }
        }
        return gradients;
    }

    /** No gradient flows to any input. */
    public @Nullable Tensor[] none() {
        return new Tensor[inputs.length];
    }
}
