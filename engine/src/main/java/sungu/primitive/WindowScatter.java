package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.WindowKernel;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;

/**
 * The gradient of maxima over windows: each element of the second input, one per window, is added
 * where the first input has the first (in row-major order) maximum of that window. The output is
 * like the first input.
 */
public record WindowScatter(Window window) implements Reduction {
    @Override
    public String label() {
        return "window_scatter";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        WindowReduce.check(inputs[0]);
        var windows = inputs[0].with(WindowReduce.output(window, inputs[0].shape()));
        if (!inputs[1].equals(windows)) {
            throw new TensorException(
                    "window_scatter: the windows over "
                            + inputs[0]
                            + " need "
                            + windows
                            + ", got "
                            + inputs[1]);
        }
        return new TensorType[] {inputs[0]};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        new WindowKernel(window, inputs[0].type(), inputs[1].shape())
                .scatter(inputs[0], inputs[1], outputs[0]);
    }

    @Override
    public Kernel kernel(TensorType[] inputs, TensorType[] outputs) {
        var kernel = new WindowKernel(window, inputs[0], inputs[1].shape());
        return (in, out) -> kernel.scatter(in[0], in[1], out[0]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(() -> null, () -> Context.bind(new WindowSelect(window), g.x(), g.d()));
    }
}
