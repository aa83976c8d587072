package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.CastKernel;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/** The same bits read as another dtype of the same width. No gradient flows through it. */
public record Bitcast(DType to) implements Elementwise {
    @Override
    public String label() {
        return "bitcast";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (inputs[0].dtype().bytes() != to.bytes() || to == DType.STRING) {
            throw new TensorException(
                    "bitcast: " + inputs[0].dtype() + " and " + to + " have different widths");
        }
        return new TensorType[] {inputs[0].with(to)};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        CastKernel.bits(inputs[0], outputs[0]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.none();
    }
}
