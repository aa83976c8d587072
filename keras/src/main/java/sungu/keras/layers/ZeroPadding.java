package sungu.keras.layers;

import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.Collections;
import java.util.List;

/** Zeros around the spatial dimensions. */
abstract class ZeroPadding<S extends ZeroPadding<S>> extends Layer.Of<S> {
    static final Setting<String> DATA_FORMAT = WeightSettings.dataFormat();

    /** How much is added, for each number of spatial dimensions. */
    static final List<Setting<List<List<Integer>>>> PADDING =
            List.of(padding(1), padding(2), padding(3));

    private final Setting<List<List<Integer>>> padding;

    /**
     * @param count the number of spatial dimensions
     */
    ZeroPadding(int count, int... sizes) {
        padding = PADDING.get(count - 1);
        inputSpec(InputSpec.rank(count + 2));
        if (sizes.length > 0) {
            set(padding, Borders.of("padding", count, sizes));
        }
    }

    private static Setting<List<List<Integer>>> padding(int count) {
        return Borders.setting("padding", count)
                .defaults(Collections.nCopies(count, List.of(1, 1)));
    }

    static Setting<?>[] settings(int count) {
        return new Setting<?>[] {PADDING.get(count - 1), DATA_FORMAT};
    }

    /** {@code channels_last} or {@code channels_first}. */
    public S dataFormat(String format) {
        return with(DATA_FORMAT, format);
    }

    /** Symbolic outputs are said to have the layer's dtype, even of integers. */
    @Override
    protected DType symbolicDtype() {
        return computeDtype();
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        int first = get(DATA_FORMAT).equals("channels_last") ? 1 : 2;
        var pairs = get(padding);
        return Movements.pad(
                input,
                Borders.ends(pairs, 0, first),
                Borders.ends(pairs, 1, first),
                Elements.weak(0, input));
    }
}
