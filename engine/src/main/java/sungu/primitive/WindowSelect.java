package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.WindowKernel;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;

/**
 * Per window the element of the second input that lies where the first input, of the same type, has
 * the first (in row-major order) maximum of that window; it undoes {@link WindowScatter} and is its
 * gradient.
 */
public record WindowSelect(Window window) implements Reduction {
    @Override
    public String label() {
        return "window_select";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        WindowReduce.check(inputs[0]);
        if (!inputs[1].equals(inputs[0])) {
            throw new TensorException(
                    "window_select: types differ: " + inputs[0] + " and " + inputs[1]);
        }
        return new TensorType[] {inputs[0].with(WindowReduce.output(window, inputs[0].shape()))};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        WindowKernel.select(window, inputs[0], inputs[1], outputs[0]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(() -> null, () -> Context.bind(new WindowScatter(window), g.x(), g.d()));
    }
}
