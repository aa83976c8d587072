package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** One number for each window, per channel. */
abstract class Pooling<S extends Pooling<S>> extends Layer.Of<S> {
    static final Setting<String> PADDING =
            Setting.text("padding").oneOf(List.of("valid", "same")).defaults("valid");
    static final Setting<String> DATA_FORMAT = WeightSettings.dataFormat();

    /**
     * The settings that have one entry per spatial dimension.
     *
     * @param count the number of spatial dimensions
     */
    record Axes(int count, Setting<List<Integer>> poolSize, Setting<List<Integer>> strides) {
        static final Axes ONE = of(1);
        static final Axes TWO = of(2);
        static final Axes THREE = of(3);

        private static Axes of(int count) {
            return new Axes(
                    count,
                    Windowed.sizes("pool_size", count).defaults(Collections.nCopies(count, 2)),
                    Windowed.sizes("strides", count).optional());
        }
    }

    /** A fold of windows, such as their maximum. */
    interface Fold {
        Tensor apply(Tensor x, int[] size, int[] strides, String padding, String dataFormat);
    }

    private final Axes axes;
    private final Fold fold;

    Pooling(Axes axes, Fold fold, int... poolSize) {
        this.axes = axes;
        this.fold = fold;
        inputSpec(InputSpec.rank(axes.count() + 2));
        if (poolSize.length > 0) {
            set(axes.poolSize(), Windowed.sizes(axes.count(), poolSize));
        }
    }

    static Setting<?>[] settings(Axes axes) {
        return new Setting<?>[] {axes.poolSize(), PADDING, axes.strides(), DATA_FORMAT};
    }

    /** The distance between windows; that of their size unless set. */
    public S strides(int... sizes) {
        return with(axes.strides(), Windowed.sizes(axes.count(), sizes));
    }

    /**
     * {@code valid} for whole windows only, {@code same} for windows that reach over the border.
     */
    public S padding(String padding) {
        return with(PADDING, padding);
    }

    /** {@code channels_last} or {@code channels_first}. */
    public S dataFormat(String format) {
        return with(DATA_FORMAT, format);
    }

    private List<Integer> distance() {
        @Nullable List<Integer> strides = find(axes.strides());
        return strides == null ? get(axes.poolSize()) : strides;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return fold.apply(
                input,
                Windowed.array(get(axes.poolSize())),
                Windowed.array(distance()),
                get(PADDING),
                get(DATA_FORMAT));
    }

    /** Files have the strides that are in effect. */
    @Override
    public Map<String, @Nullable Object> config() {
        var config = super.config();
        config.put("strides", distance());
        return config;
    }
}
