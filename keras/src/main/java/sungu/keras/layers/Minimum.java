package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

import java.util.List;

/** The smallest of a list of tensors, with broadcasting; what is masked does not count. */
public final class Minimum extends Merge<Minimum> {
    static final ObjectType<Minimum> TYPE = typed("Minimum", Minimum::new);

    /** The smallest of a list of tensors. */
    public Minimum() {}

    @Override
    public ObjectType<Minimum> type() {
        return TYPE;
    }

    @Override
    Tensor merge(List<Tensor> inputs) {
        return foldedUnmasked(inputs, Elements::minimum);
    }
}
