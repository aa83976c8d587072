package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.Copy;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorType;

/** The same value, which no gradient flows through. */
public record StopGradient() implements Movement {
    @Override
    public String label() {
        return "stop_gradient";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        return inputs.clone();
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        Copy.flat(
                inputs[0].array(),
                outputs[0].array(),
                inputs[0].size() * inputs[0].dtype().lanes());
    }

    @Override
    public HostTensor[] evaluate(HostTensor... inputs) {
        return new HostTensor[] {inputs[0].renewed()};
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.none();
    }
}
