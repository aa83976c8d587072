package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

import java.util.List;

/** The sum of a list of tensors, with broadcasting. */
public final class Add extends Merge<Add> {
    static final ObjectType<Add> TYPE = typed("Add", Add::new);

    /** The sum of a list of tensors. */
    public Add() {}

    @Override
    public ObjectType<Add> type() {
        return TYPE;
    }

    @Override
    Tensor merge(List<Tensor> inputs) {
        return folded(inputs, Tensor::plus);
    }
}
