package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.List;

/** Each element of a volume several times along its three dimensions. */
public final class UpSampling3D extends Layer.Of<UpSampling3D> {
    static final Setting<List<Integer>> SIZE = Windowed.sizes("size", 3).defaults(List.of(2, 2, 2));
    static final Setting<String> DATA_FORMAT = WeightSettings.dataFormat();
    static final ObjectType<UpSampling3D> TYPE =
            typed("UpSampling3D", () -> new UpSampling3D(), SIZE, DATA_FORMAT);

    /** Volumes larger by these factors, 2 unless given; one number stands for all dimensions. */
    public UpSampling3D(int... size) {
        inputSpec(InputSpec.rank(5));
        if (size.length > 0) {
            set(SIZE, Windowed.sizes(3, size));
        }
    }

    @Override
    public ObjectType<UpSampling3D> type() {
        return TYPE;
    }

    /** {@code channels_last} or {@code channels_first}. */
    public UpSampling3D dataFormat(String format) {
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
        return UpSampling.repeat(input, first, Windowed.array(get(SIZE)));
    }
}
