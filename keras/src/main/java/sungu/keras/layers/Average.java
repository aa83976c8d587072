package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

import java.util.List;

/** The mean of a list of tensors, with broadcasting. */
public final class Average extends Merge<Average> {
    static final ObjectType<Average> TYPE = typed("Average", Average::new);

    /** The mean of a list of tensors. */
    public Average() {}

    @Override
    public ObjectType<Average> type() {
        return TYPE;
    }

    @Override
    Tensor merge(List<Tensor> inputs) {
        return folded(inputs, Tensor::plus).div(inputs.size());
    }
}
