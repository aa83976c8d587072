package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.Copy;
import sungu.ops.Movements;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * The same elements in the same order under another shape. Evaluated eagerly it shares the array.
 */
public record Reshaping(Shape shape) implements Movement {
    // Written out, for HotSpot links what a record has by itself at the first call (decision 0013).

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Reshaping reshaping && shape.equals(reshaping.shape);
    }

    @Override
    public int hashCode() {
        return shape.hashCode();
    }

    @Override
    public String label() {
        return "reshape";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (inputs[0].size() != shape.size()) {
            throw new TensorException(
                    "reshape: "
                            + inputs[0]
                            + " has "
                            + inputs[0].size()
                            + " elements, the shape "
                            + shape
                            + " "
                            + shape.size());
        }
        return new TensorType[] {inputs[0].with(shape)};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        Copy.flat(inputs[0].array(), outputs[0].array(), shape.size() * inputs[0].dtype().lanes());
    }

    @Override
    public HostTensor[] evaluate(HostTensor... inputs) {
        return new HostTensor[] {new HostTensor(types(inputs[0].type())[0], inputs[0].array())};
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(() -> Movements.reshape(g.d(), g.x().shape()));
    }
}
