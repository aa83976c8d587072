package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.regularizers.Regularizer;
import sungu.ops.Windows;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Arrays;

/** A convolution of each channel by itself, then one over the channels at each position. */
abstract class SeparableConvolution<S extends SeparableConvolution<S>>
        extends DepthwiseConvolution<S> {
    static final Setting<Integer> FILTERS = Setting.integer("filters").positive();
    static final WeightSetting POINTWISE = WeightSetting.of("pointwise", "glorot_uniform");

    private @Nullable Weight pointwise;

    SeparableConvolution(Axes axes) {
        super(axes);
    }

    static Setting<?>[] settings(Axes axes) {
        return new Setting<?>[] {
            DEPTH_MULTIPLIER,
            FILTERS,
            axes.kernelSize(),
            axes.strides(),
            PADDING,
            DATA_FORMAT,
            axes.dilationRate(),
            ACTIVATION,
            USE_BIAS,
            DEPTHWISE.initializer(),
            POINTWISE.initializer(),
            BIAS.initializer(),
            DEPTHWISE.regularizer(),
            POINTWISE.regularizer(),
            BIAS.regularizer(),
            ACTIVITY_REGULARIZER,
            DEPTHWISE.constraint(),
            POINTWISE.constraint(),
            BIAS.constraint()
        };
    }

    /** How the kernel over the channels begins, by name. */
    public S pointwiseInitializer(String named) {
        return with(POINTWISE.initializer(), WeightSettings.INITIALIZER_CODEC.decode(named));
    }

    /** How the kernel over the channels begins. */
    public S pointwiseInitializer(Initializer chosen) {
        return with(POINTWISE.initializer(), chosen);
    }

    /** The penalty on the kernel over the channels, by name. */
    public S pointwiseRegularizer(String named) {
        return with(POINTWISE.regularizer(), WeightSettings.REGULARIZER_CODEC.decode(named));
    }

    /** The penalty on the kernel over the channels. */
    public S pointwiseRegularizer(Regularizer chosen) {
        return with(POINTWISE.regularizer(), chosen);
    }

    /** The limits of the kernel over the channels, by name. */
    public S pointwiseConstraint(String named) {
        return with(POINTWISE.constraint(), WeightSettings.CONSTRAINT_CODEC.decode(named));
    }

    /** The limits of the kernel over the channels. */
    public S pointwiseConstraint(Constraint chosen) {
        return with(POINTWISE.constraint(), chosen);
    }

    @Override
    int addKernels(int channels) {
        int between = addDepthwise("depthwise_kernel", channels);
        var dims = new int[axes.count() + 2];
        Arrays.fill(dims, 1);
        dims[axes.count()] = between;
        dims[axes.count() + 1] = get(FILTERS);
        pointwise = addWeight("pointwise_kernel", Shape.of(dims), POINTWISE);
        return get(FILTERS);
    }

    @Override
    Tensor convolve(Tensor input) {
        int[] one = {1};
        return Windows.conv(
                super.convolve(input),
                built(pointwise).value(),
                one,
                "valid",
                get(DATA_FORMAT),
                one);
    }
}
