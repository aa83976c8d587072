package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

/** Steps whose elements all have a certain value are masked, and zero. */
public final class Masking extends Layer.Of<Masking> {
    static final Setting<Double> MASK_VALUE = Setting.number("mask_value").defaults(0.0);
    static final ObjectType<Masking> TYPE = typed("Masking", Masking::new, MASK_VALUE);

    /** Masks steps that are all zero. */
    public Masking() {
        supportsMasking(true);
    }

    @Override
    public ObjectType<Masking> type() {
        return TYPE;
    }

    /** The value that all elements of a masked step have. */
    public Masking maskValue(double value) {
        return with(MASK_VALUE, value);
    }

    private Tensor used(Tensor input, boolean keep) {
        var differs = Elements.notEqual(input, Elements.weak(get(MASK_VALUE), input));
        return Reductions.any(differs, keep, -1);
    }

    /** Symbolic outputs are said to have the layer's dtype, even of integers. */
    @Override
    protected DType symbolicDtype() {
        return computeDtype();
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Elements.select(used(input, true), input, Elements.zerosLike(input));
    }

    @Override
    protected @Nullable Tensor computeMask(Arguments arguments, Tensor output) {
        return used(arguments.tensors().getFirst(), false);
    }
}
