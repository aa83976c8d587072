package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.config.ObjectType;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.List;

/** The mean of each channel of a sequence; masked steps do not count. */
public final class GlobalAveragePooling1D extends GlobalPooling<GlobalAveragePooling1D> {
    static final ObjectType<GlobalAveragePooling1D> TYPE =
            typed("GlobalAveragePooling1D", GlobalAveragePooling1D::new, DATA_FORMAT, KEEPDIMS);

    /** The mean of each channel. */
    public GlobalAveragePooling1D() {
        super(1, Reductions::mean);
        supportsMasking(true);
    }

    @Override
    public ObjectType<GlobalAveragePooling1D> type() {
        return TYPE;
    }

    @Override
    protected List<String> parameters() {
        return List.of("inputs", "mask");
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        var mask = context.mask();
        if (mask == null) {
            return super.call(input, context);
        }
        int steps = firstAxis();
        var used = Movements.expandDims(mask.cast(DType.BOOL), steps == 1 ? 2 : 1);
        var values = Elements.select(used, input, Elements.zerosLike(input));
        boolean keep = get(KEEPDIMS);
        return Reductions.sum(values, keep, steps)
                .div(Reductions.sum(used.cast(input.dtype()), keep, steps));
    }

    @Override
    protected @Nullable Tensor computeMask(Arguments arguments, Tensor output) {
        return null;
    }
}
