package sungu.keras.layers;

import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

import java.util.List;

/** As many windows as asked for, of sizes as even as can be; one number for each, per channel. */
abstract class AdaptivePooling<S extends AdaptivePooling<S>> extends Layer.Of<S> {
    static final Setting<String> DATA_FORMAT = WeightSettings.dataFormat();

    /** The number of windows for each number of spatial dimensions. */
    static final List<Setting<List<Integer>>> OUTPUT_SIZE =
            List.of(
                    Windowed.sizes("output_size", 1),
                    Windowed.sizes("output_size", 2),
                    Windowed.sizes("output_size", 3));

    /** A fold into windows, such as their mean. */
    interface Fold {
        Tensor apply(Tensor x, int[] outputSize, String dataFormat);
    }

    private final Setting<List<Integer>> outputSize;
    private final Fold fold;

    /**
     * @param count the number of spatial dimensions
     */
    AdaptivePooling(int count, Fold fold, int... size) {
        this.outputSize = OUTPUT_SIZE.get(count - 1);
        this.fold = fold;
        inputSpec(InputSpec.rank(count + 2));
        if (size.length > 0) {
            set(outputSize, Windowed.sizes(count, size));
        }
    }

    static Setting<?>[] settings(int count) {
        return new Setting<?>[] {OUTPUT_SIZE.get(count - 1), DATA_FORMAT};
    }

    /** {@code channels_last} or {@code channels_first}. */
    public S dataFormat(String format) {
        return with(DATA_FORMAT, format);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return fold.apply(input, Windowed.array(get(outputSize)), get(DATA_FORMAT));
    }
}
