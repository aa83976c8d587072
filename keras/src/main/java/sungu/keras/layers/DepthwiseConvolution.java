package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.regularizers.Regularizer;
import sungu.ops.Windows;
import sungu.tensor.Tensor;

/** A convolution of each channel by itself. */
abstract class DepthwiseConvolution<S extends DepthwiseConvolution<S>> extends Convolution<S> {
    static final Setting<Integer> DEPTH_MULTIPLIER =
            Setting.integer("depth_multiplier").positive().defaults(1);
    static final WeightSetting DEPTHWISE = WeightSetting.of("depthwise", "glorot_uniform");

    private @Nullable Weight kernel;

    DepthwiseConvolution(Axes axes) {
        super(axes);
    }

    static Setting<?>[] settings(Axes axes) {
        return new Setting<?>[] {
            DEPTH_MULTIPLIER,
            axes.kernelSize(),
            axes.strides(),
            PADDING,
            DATA_FORMAT,
            axes.dilationRate(),
            ACTIVATION,
            USE_BIAS,
            DEPTHWISE.initializer(),
            BIAS.initializer(),
            DEPTHWISE.regularizer(),
            BIAS.regularizer(),
            ACTIVITY_REGULARIZER,
            DEPTHWISE.constraint(),
            BIAS.constraint()
        };
    }

    /** How many outputs each channel gives. */
    public S depthMultiplier(int value) {
        return with(DEPTH_MULTIPLIER, value);
    }

    /** How the kernel begins, by name. */
    public S depthwiseInitializer(String named) {
        return with(DEPTHWISE.initializer(), WeightSettings.INITIALIZER_CODEC.decode(named));
    }

    /** How the kernel begins. */
    public S depthwiseInitializer(Initializer chosen) {
        return with(DEPTHWISE.initializer(), chosen);
    }

    /** The penalty on the kernel, by name. */
    public S depthwiseRegularizer(String named) {
        return with(DEPTHWISE.regularizer(), WeightSettings.REGULARIZER_CODEC.decode(named));
    }

    /** The penalty on the kernel. */
    public S depthwiseRegularizer(Regularizer chosen) {
        return with(DEPTHWISE.regularizer(), chosen);
    }

    /** The limits of the kernel, by name. */
    public S depthwiseConstraint(String named) {
        return with(DEPTHWISE.constraint(), WeightSettings.CONSTRAINT_CODEC.decode(named));
    }

    /** The limits of the kernel. */
    public S depthwiseConstraint(Constraint chosen) {
        return with(DEPTHWISE.constraint(), chosen);
    }

    /** Adds the kernel under a name. */
    final int addDepthwise(String name, int channels) {
        kernel = addWeight(name, kernelShape(channels, get(DEPTH_MULTIPLIER)), DEPTHWISE);
        return channels * get(DEPTH_MULTIPLIER);
    }

    @Override
    int addKernels(int channels) {
        return addDepthwise("kernel", channels);
    }

    @Override
    Tensor convolve(Tensor input) {
        return Windows.depthwiseConv(
                input,
                built(kernel).value(),
                strides(),
                get(PADDING),
                get(DATA_FORMAT),
                dilation());
    }
}
