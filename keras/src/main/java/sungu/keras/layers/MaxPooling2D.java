package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Windows;
import sungu.tensor.Tensor;

import java.util.List;

/** The maximum of each window of an image, per channel. */
public final class MaxPooling2D extends Layer.Of<MaxPooling2D> {
    static final Setting<List<Integer>> POOL_SIZE =
            Windowed.sizes("pool_size", 2).defaults(List.of(2, 2));
    static final Setting<String> PADDING =
            Setting.text("padding").oneOf(List.of("valid", "same")).defaults("valid");
    static final Setting<List<Integer>> STRIDES = Windowed.sizes("strides", 2).optional();
    static final Setting<String> DATA_FORMAT = WeightSettings.dataFormat();
    static final ObjectType<MaxPooling2D> TYPE =
            typed(
                    "MaxPooling2D",
                    () -> new MaxPooling2D(),
                    POOL_SIZE,
                    PADDING,
                    STRIDES,
                    DATA_FORMAT);

    /** Windows of this size, 2 unless given; one number stands for both dimensions. */
    public MaxPooling2D(int... poolSize) {
        inputSpec(InputSpec.rank(4));
        if (poolSize.length > 0) {
            set(POOL_SIZE, Windowed.sizes(POOL_SIZE, 2, poolSize));
        }
    }

    @Override
    public ObjectType<MaxPooling2D> type() {
        return TYPE;
    }

    /** The distance between windows; that of their size unless set. */
    public MaxPooling2D strides(int... sizes) {
        return with(STRIDES, Windowed.sizes(STRIDES, 2, sizes));
    }

    /**
     * {@code valid} for whole windows only, {@code same} for windows that reach over the border.
     */
    public MaxPooling2D padding(String padding) {
        return with(PADDING, padding);
    }

    /** {@code channels_last} or {@code channels_first}. */
    public MaxPooling2D dataFormat(String format) {
        return with(DATA_FORMAT, format);
    }

    private List<Integer> distance() {
        @Nullable List<Integer> strides = find(STRIDES);
        return strides == null ? get(POOL_SIZE) : strides;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Windows.maxPool(
                input,
                Windowed.array(get(POOL_SIZE)),
                Windowed.array(distance()),
                get(PADDING),
                get(DATA_FORMAT));
    }

    /** Files have the strides that are in effect. */
    @Override
    public java.util.Map<String, @Nullable Object> config() {
        var config = super.config();
        config.put("strides", distance());
        return config;
    }
}
