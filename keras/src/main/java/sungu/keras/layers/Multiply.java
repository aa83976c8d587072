package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Objects;

/**
 * The product of a list of tensors, with broadcasting; what is masked in some counts as 1, in all
 * as 0.
 */
public final class Multiply extends Merge<Multiply> {
    static final ObjectType<Multiply> TYPE = typed("Multiply", Multiply::new);

    /** The product of a list of tensors. */
    public Multiply() {}

    @Override
    public ObjectType<Multiply> type() {
        return TYPE;
    }

    @Override
    Tensor merge(List<Tensor> inputs) {
        var product = folded(inputs.stream().map(Multiply::used).toList(), Tensor::times);
        var masks = inputs.stream().map(Tensor::mask).toList();
        if (masks.contains(null)) {
            return product;
        }
        var any = masks.stream().map(Objects::requireNonNull).reduce(Elements::or).orElseThrow();
        return Elements.select(Movements.expandDims(any, -1), product, Elements.zerosLike(product));
    }

    private static Tensor used(Tensor x) {
        var mask = x.mask();
        return mask == null
                ? x
                : Elements.select(Movements.expandDims(mask, -1), x, Elements.onesLike(x));
    }
}
