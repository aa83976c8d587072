package sungu.keras.layers;

import sungu.keras.config.Setting;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Collections;
import java.util.List;

/** The middle of the spatial dimensions. */
abstract class Cropping<S extends Cropping<S>> extends Layer.Of<S> {
    static final Setting<String> DATA_FORMAT = WeightSettings.dataFormat();

    /** How much is taken away, for each number of spatial dimensions. */
    static final List<Setting<List<List<Integer>>>> CROPPING =
            List.of(cropping(1, 1), cropping(2, 0), cropping(3, 1));

    private final Setting<List<List<Integer>>> cropping;

    /**
     * @param count the number of spatial dimensions
     */
    Cropping(int count, int... sizes) {
        cropping = CROPPING.get(count - 1);
        inputSpec(InputSpec.rank(count + 2));
        if (sizes.length > 0) {
            set(cropping, Borders.of("cropping", count, sizes));
        }
    }

    private static Setting<List<List<Integer>>> cropping(int count, int byDefault) {
        return Borders.setting("cropping", count)
                .defaults(Collections.nCopies(count, List.of(byDefault, byDefault)));
    }

    /** The first spatial dimension. */
    abstract int firstAxis();

    @Override
    protected void build(Shape input) {
        check(input);
    }

    private void check(Shape input) {
        var pairs = get(cropping);
        for (int i = 0; i < pairs.size(); i++) {
            int size = input.dim(firstAxis() + i);
            if (size >= 0 && pairs.get(i).get(0) + pairs.get(i).get(1) >= size) {
                throw new TensorException(
                        "argument 'cropping' "
                                + pairs
                                + " leaves nothing of an input of shape "
                                + input);
            }
        }
    }

    /** Symbolic outputs are said to have the layer's dtype, even of integers. */
    @Override
    protected DType symbolicDtype() {
        return computeDtype();
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        check(input.shape());
        var pairs = get(cropping);
        var before = Borders.ends(pairs, 0, firstAxis());
        var after = Borders.ends(pairs, 1, firstAxis());
        var size = input.shape().dims();
        for (int i = 0; i < size.length; i++) {
            size[i] -= before[i] + after[i];
        }
        return Movements.slice(input, before, size);
    }
}
