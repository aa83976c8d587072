package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.ops.Operations;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Larger images. */
public final class UpSampling2D extends Layer.Of<UpSampling2D> {
    static final Setting<List<Integer>> SIZE = Windowed.sizes("size", 2).defaults(List.of(2, 2));
    static final Setting<String> DATA_FORMAT = WeightSettings.dataFormat();
    static final Setting<String> INTERPOLATION =
            Setting.text("interpolation")
                    .oneOf(List.of("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"))
                    .defaults("nearest");
    static final ObjectType<UpSampling2D> TYPE =
            typed("UpSampling2D", () -> new UpSampling2D(), SIZE, DATA_FORMAT, INTERPOLATION);

    /** Images larger by these factors, 2 unless given; one number stands for both dimensions. */
    public UpSampling2D(int... size) {
        inputSpec(InputSpec.rank(4));
        if (size.length > 0) {
            set(SIZE, Windowed.sizes(2, size));
        }
    }

    @Override
    public ObjectType<UpSampling2D> type() {
        return TYPE;
    }

    /** {@code channels_last} or {@code channels_first}. */
    public UpSampling2D dataFormat(String format) {
        return with(DATA_FORMAT, format);
    }

    /** {@code nearest}, {@code bilinear}, {@code bicubic}, {@code lanczos3} or {@code lanczos5}. */
    public UpSampling2D interpolation(String method) {
        return with(INTERPOLATION, method);
    }

    /** Symbolic outputs are said to have the layer's dtype, even of integers. */
    @Override
    protected DType symbolicDtype() {
        return computeDtype();
    }

    @Override
    protected List<String> parameters() {
        return List.of("inputs");
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        boolean last = get(DATA_FORMAT).equals("channels_last");
        var factors = Windowed.array(get(SIZE));
        if (get(INTERPOLATION).equals("nearest")) {
            return UpSampling.repeat(input, last ? 1 : 2, factors);
        }
        var images = last ? input : Movements.transpose(input, 0, 2, 3, 1);
        var size = List.of(images.shape().dim(1) * factors[0], images.shape().dim(2) * factors[1]);
        var resized =
                (Tensor)
                        Objects.requireNonNull(
                                Operations.require("keras.ops.image.resize")
                                        .call(
                                                Map.of(
                                                        "images",
                                                        images,
                                                        "size",
                                                        size,
                                                        "interpolation",
                                                        get(INTERPOLATION),
                                                        "data_format",
                                                        "channels_last")));
        return last ? resized : Movements.transpose(resized, 0, 3, 1, 2);
    }
}
