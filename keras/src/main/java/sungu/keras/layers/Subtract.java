package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/** The difference of two tensors, with broadcasting. */
public final class Subtract extends Merge<Subtract> {
    static final ObjectType<Subtract> TYPE = typed("Subtract", Subtract::new);

    /** The difference of two tensors. */
    public Subtract() {}

    @Override
    public ObjectType<Subtract> type() {
        return TYPE;
    }

    @Override
    Tensor merge(List<Tensor> inputs) {
        if (inputs.size() != 2) {
            throw new TensorException("takes 2 inputs, got " + inputs.size());
        }
        return inputs.get(0).minus(inputs.get(1));
    }
}
