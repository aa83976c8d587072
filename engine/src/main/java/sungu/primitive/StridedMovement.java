package sungu.primitive;

import sungu.kernel.StridedCopy;
import sungu.tensor.HostTensor;
import sungu.tensor.TensorType;

/** A movement that is one copy from places at even distances. */
sealed interface StridedMovement extends Movement permits Broadcast, Reverse, Slicing, Transpose {
    /** The copy that makes the output of the input. */
    StridedCopy copy(TensorType in, TensorType out);

    @Override
    default void run(HostTensor[] inputs, HostTensor[] outputs) {
        copy(inputs[0].type(), outputs[0].type()).run(inputs[0].array(), outputs[0].array());
    }

    @Override
    default Kernel kernel(TensorType[] inputs, TensorType[] outputs) {
        var copy = copy(inputs[0], outputs[0]);
        return (in, out) -> copy.run(in[0].array(), out[0].array());
    }
}
