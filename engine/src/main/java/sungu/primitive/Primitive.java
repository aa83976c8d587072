package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorType;

/**
 * An operation that the engine knows by itself: a record that knows its name, its shape and dtype
 * rule, its reference kernel and its gradient rule, written in ops, all in one file.
 *
 * <p>There are seven kinds, and the compiler switches on kinds, never on single primitives. A
 * primitive never sees an unknown dimension and never casts or broadcasts by itself (an {@link
 * Elementwise} one takes scalars beside full operands).
 */
public sealed interface Primitive
        permits Source, Elementwise, Movement, Reduction, Contraction, Opaque, Control {
    /**
     * The name in graph text and error messages, in lower case with underscores, such as {@code
     * dot_general}.
     */
    String label();

    /**
     * The shape and dtype rule: the types of the outputs for inputs of these types.
     *
     * @throws sungu.tensor.TensorException if the primitive does not take such inputs
     */
    TensorType[] types(TensorType... inputs);

    /**
     * The reference kernel: computes all outputs. The arrays of the outputs have the sizes that
     * {@link #types} says and unknown contents.
     */
    void run(HostTensor[] inputs, HostTensor[] outputs);

    /** A kernel made ready for operands of some types; it runs in one thread at a time. */
    interface Kernel {
        /** Computes all outputs, as {@link Primitive#run} does, without making objects. */
        void run(HostTensor[] inputs, HostTensor[] outputs);
    }

    /**
     * The kernel of a program, which runs many times on operands of the same types: what depends on
     * these alone is done here.
     */
    default Kernel kernel(TensorType[] inputs, TensorType[] outputs) {
        return this::run;
    }

    /**
     * The gradient rule, written in ops so that it works eagerly, traced and for higher orders.
     *
     * @return per input the gradient, with that input's type; null where none flows
     */
    @Nullable Tensor[] gradient(Gradient g);

    /** Checks the inputs, allocates the outputs and runs the reference kernel. */
    default HostTensor[] evaluate(HostTensor... inputs) {
        var inputTypes = new TensorType[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            inputTypes[i] = inputs[i].type();
        }
        var types = types(inputTypes);
        var outputs = new HostTensor[types.length];
        for (int i = 0; i < types.length; i++) {
            outputs[i] = HostTensor.allocate(types[i].dtype(), types[i].shape());
        }
        run(inputs, outputs);
        return outputs;
    }
}
