package sungu.keras.layers;

import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

import java.util.stream.IntStream;

/** One number for each channel. */
abstract class GlobalPooling<S extends GlobalPooling<S>> extends Layer.Of<S> {
    static final Setting<String> DATA_FORMAT = WeightSettings.dataFormat();
    static final Setting<Boolean> KEEPDIMS = Setting.flag("keepdims").defaults(false);

    /** A fold over axes, such as their mean. */
    interface Fold {
        Tensor apply(Tensor x, boolean keep, int... axes);
    }

    private final int count;
    private final Fold fold;

    /**
     * @param count the number of spatial dimensions
     */
    GlobalPooling(int count, Fold fold) {
        this.count = count;
        this.fold = fold;
        inputSpec(InputSpec.rank(count + 2));
    }

    /** {@code channels_last} or {@code channels_first}. */
    public S dataFormat(String format) {
        return with(DATA_FORMAT, format);
    }

    /** Whether the spatial dimensions stay, with size 1. */
    public S keepdims(boolean on) {
        return with(KEEPDIMS, on);
    }

    /** The first spatial dimension. */
    final int firstAxis() {
        return get(DATA_FORMAT).equals("channels_last") ? 1 : 2;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        int first = firstAxis();
        return fold.apply(input, get(KEEPDIMS), IntStream.range(first, first + count).toArray());
    }
}
