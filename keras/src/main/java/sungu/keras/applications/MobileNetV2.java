package sungu.keras.applications;

import sungu.keras.Input;
import sungu.keras.config.KerasConfig;
import sungu.keras.layers.Add;
import sungu.keras.layers.BatchNormalization;
import sungu.keras.layers.Conv2D;
import sungu.keras.layers.Dense;
import sungu.keras.layers.DepthwiseConv2D;
import sungu.keras.layers.GlobalAveragePooling2D;
import sungu.keras.layers.GlobalMaxPooling2D;
import sungu.keras.layers.ReLU;
import sungu.keras.layers.ZeroPadding2D;
import sungu.keras.models.Functional;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;
import java.util.Locale;

/** Builds MobileNetV2 layer by layer. */
final class MobileNetV2 {
    /** Blocks of one width: how many there are, and the stride of the first. */
    private record Stage(int filters, int blocks, int stride) {}

    private static final List<Stage> STAGES =
            List.of(
                    new Stage(16, 1, 1),
                    new Stage(24, 2, 2),
                    new Stage(32, 3, 2),
                    new Stage(64, 4, 2),
                    new Stage(96, 3, 1),
                    new Stage(160, 3, 2),
                    new Stage(320, 1, 1));

    private final ApplicationOptions options;
    private final boolean last = KerasConfig.imageDataFormat().equals("channels_last");

    MobileNetV2(ApplicationOptions options) {
        this.options = options;
    }

    Functional make() {
        var shape = options.inputShape();
        int side = options.includeTop() ? 224 : Shape.UNKNOWN;
        var image =
                shape != null ? shape : last ? Shape.of(side, side, 3) : Shape.of(3, side, side);
        int rows = image.rank() == 3 ? image.dim(last ? 0 : 1) : 0;
        int columns = image.rank() == 3 ? image.dim(last ? 1 : 2) : 0;
        if (image.rank() != 3 || rows >= 0 && rows < 32 || columns >= 0 && columns < 32) {
            throw new TensorException(
                    "mobileNetV2: an image must have 3 dimensions and at least 32 rows and columns,"
                            + " got "
                            + image);
        }
        Tensor input = Input.shape(image.dims()).tensor();
        var x =
                new Conv2D(rounded(32 * options.alpha()), 3)
                        .strides(2)
                        .padding("same")
                        .useBias(false)
                        .name("Conv1")
                        .apply(input);
        x = capped(normalized(x, "bn_Conv1"), "Conv1_relu");
        int block = 0;
        for (var stage : STAGES) {
            for (int i = 0; i < stage.blocks; i++) {
                x = block(x, stage.filters, i == 0 ? stage.stride : 1, block++);
            }
        }
        int filters = options.alpha() > 1 ? rounded(1280 * options.alpha()) : 1280;
        x = new Conv2D(filters, 1).useBias(false).name("Conv_1").apply(x);
        x = top(capped(normalized(x, "Conv_1_bn"), "out_relu"));
        var name = options.name();
        var model = new Functional(input, x);
        model.name(
                name != null
                        ? name
                        : String.format(
                                Locale.ROOT,
                                "mobilenetv2_%.2f_%s",
                                options.alpha(),
                                rows < 0 ? "None" : rows));
        var weights = options.weights();
        if (weights != null) {
            model.loadWeights(weights);
        }
        return model;
    }

    private Tensor top(Tensor x) {
        if (options.includeTop()) {
            return new Dense(options.classes())
                    .activation(options.classifierActivation())
                    .name("predictions")
                    .apply(new GlobalAveragePooling2D().apply(x));
        }
        return switch (options.pooling()) {
            case "avg" -> new GlobalAveragePooling2D().apply(x);
            case "max" -> new GlobalMaxPooling2D().apply(x);
            case null, default -> x;
        };
    }

    /** An inverted residual: wide, convolved channel by channel, narrow again. */
    private Tensor block(Tensor input, int filters, int stride, int number) {
        int axis = last ? -1 : 1;
        int channels = input.shape().dim(axis);
        var prefix = number == 0 ? "expanded_conv_" : "block_" + number + "_";
        Tensor x = input;
        if (number > 0) {
            x = pointwise(x, 6 * channels, prefix + "expand");
            x = capped(normalized(x, prefix + "expand_BN"), prefix + "expand_relu");
        }
        if (stride == 2) {
            x = new ZeroPadding2D(border(x.shape())).name(prefix + "pad").apply(x);
        }
        x =
                new DepthwiseConv2D(3)
                        .strides(stride)
                        .useBias(false)
                        .padding(stride == 1 ? "same" : "valid")
                        .name(prefix + "depthwise")
                        .apply(x);
        x = capped(normalized(x, prefix + "depthwise_BN"), prefix + "depthwise_relu");
        int narrow = rounded((int) (filters * options.alpha()));
        x = normalized(pointwise(x, narrow, prefix + "project"), prefix + "project_BN");
        return channels == narrow && stride == 1
                ? new Add().name(prefix + "add").apply(List.of(input, x))
                : x;
    }

    private static Tensor pointwise(Tensor x, int filters, String name) {
        return new Conv2D(filters, 1).padding("same").useBias(false).name(name).apply(x);
    }

    private Tensor normalized(Tensor x, String name) {
        return new BatchNormalization()
                .axis(last ? -1 : 1)
                .epsilon(1e-3)
                .momentum(0.999)
                .name(name)
                .apply(x);
    }

    private static Tensor capped(Tensor x, String name) {
        return new ReLU().maxValue(6).name(name).apply(x);
    }

    /** Zeros so that windows of 3 with stride 2 lie as over an image of odd size. */
    private int[] border(Shape x) {
        int rows = x.dim(last ? 1 : 2);
        int columns = x.dim(last ? 2 : 3);
        return new int[] {rows < 0 ? 0 : rows % 2, 1, rows < 0 ? 0 : columns % 2, 1};
    }

    /** The nearest multiple of 8, but not less than nine tenths. */
    private static int rounded(double filters) {
        int near = Math.max(8, (int) (filters + 4) / 8 * 8);
        return near < 0.9 * filters ? near + 8 : near;
    }
}
