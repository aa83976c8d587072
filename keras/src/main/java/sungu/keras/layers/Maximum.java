package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

import java.util.List;

/** The largest of a list of tensors, with broadcasting; what is masked does not count. */
public final class Maximum extends Merge<Maximum> {
    static final ObjectType<Maximum> TYPE = typed("Maximum", Maximum::new);

    /** The largest of a list of tensors. */
    public Maximum() {}

    @Override
    public ObjectType<Maximum> type() {
        return TYPE;
    }

    @Override
    Tensor merge(List<Tensor> inputs) {
        return foldedUnmasked(inputs, Elements::maximum);
    }
}
