package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Reductions;
import sungu.tensor.Tensor;

/** The mean of each channel of an image. */
public final class GlobalAveragePooling2D extends Layer.Of<GlobalAveragePooling2D> {
    static final Setting<String> DATA_FORMAT = WeightSettings.dataFormat();
    static final Setting<Boolean> KEEPDIMS = Setting.flag("keepdims").defaults(false);
    static final ObjectType<GlobalAveragePooling2D> TYPE =
            typed("GlobalAveragePooling2D", GlobalAveragePooling2D::new, DATA_FORMAT, KEEPDIMS);

    /** The mean of each channel. */
    public GlobalAveragePooling2D() {
        inputSpec(InputSpec.rank(4));
    }

    @Override
    public ObjectType<GlobalAveragePooling2D> type() {
        return TYPE;
    }

    /** {@code channels_last} or {@code channels_first}. */
    public GlobalAveragePooling2D dataFormat(String format) {
        return with(DATA_FORMAT, format);
    }

    /** Whether the image dimensions stay, with size 1. */
    public GlobalAveragePooling2D keepdims(boolean on) {
        return with(KEEPDIMS, on);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return get(DATA_FORMAT).equals("channels_last")
                ? Reductions.mean(input, get(KEEPDIMS), 1, 2)
                : Reductions.mean(input, get(KEEPDIMS), 2, 3);
    }
}
