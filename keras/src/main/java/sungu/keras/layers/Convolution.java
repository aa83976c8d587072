package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.activations.Activation;
import sungu.keras.activations.Activations;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.regularizers.Regularizer;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Collections;
import java.util.List;

/** What all convolutions share: windows, a bias and an activation. */
abstract class Convolution<S extends Convolution<S>> extends Layer.Of<S> {
    static final Setting<String> PADDING =
            Setting.text("padding").oneOf(List.of("valid", "same")).defaults("valid");
    static final Setting<String> DATA_FORMAT = WeightSettings.dataFormat();
    static final Setting<Activation> ACTIVATION =
            WeightSettings.activation("activation", Activations.LINEAR);
    static final Setting<Boolean> USE_BIAS = Setting.flag("use_bias").defaults(true);
    static final WeightSetting BIAS = WeightSetting.of("bias", "zeros");
    static final Setting<Regularizer> ACTIVITY_REGULARIZER =
            WeightSettings.regularizer("activity_regularizer");

    /**
     * The settings that have one entry per spatial dimension.
     *
     * @param count the number of spatial dimensions
     */
    record Axes(
            int count,
            Setting<List<Integer>> kernelSize,
            Setting<List<Integer>> strides,
            Setting<List<Integer>> dilationRate,
            Setting<List<Integer>> outputPadding) {
        static final Axes ONE = of(1);
        static final Axes TWO = of(2);
        static final Axes THREE = of(3);

        private static Axes of(int count) {
            var ones = Collections.nCopies(count, 1);
            return new Axes(
                    count,
                    Windowed.sizes("kernel_size", count),
                    Windowed.sizes("strides", count).defaults(ones),
                    Windowed.sizes("dilation_rate", count).defaults(ones),
                    Windowed.anySizes("output_padding", count).nonNegative().optional());
        }
    }

    final Axes axes;
    private @Nullable Weight bias;

    Convolution(Axes axes) {
        this.axes = axes;
        inputSpec(InputSpec.rank(axes.count() + 2));
    }

    /** Adds the kernels for an input of that many channels; returns the channels of the output. */
    abstract int addKernels(int channels);

    /** Convolves, without bias and activation. */
    abstract Tensor convolve(Tensor input);

    /** How much the padding setting of this layer allows. */
    Setting<String> paddingSetting() {
        return PADDING;
    }

    /** Throws an error if settings do not fit together. */
    void checkSettings() {}

    /** Strides and dilations can't both be above 1. */
    final void checkStrides() {
        if (get(axes.strides()).stream().anyMatch(s -> s > 1)
                && get(axes.dilationRate()).stream().anyMatch(d -> d > 1)) {
            throw new TensorException(
                    type().className()
                            + ": arguments 'strides' and 'dilation_rate' can't both be above 1,"
                            + " got "
                            + get(axes.strides())
                            + " and "
                            + get(axes.dilationRate()));
        }
    }

    @Override
    protected final void configured() {
        super.configured();
        checkSettings();
    }

    /** The distance between windows; one number stands for all dimensions. */
    public S strides(int... sizes) {
        return with(axes.strides(), Windowed.sizes(axes.count(), sizes));
    }

    /**
     * {@code valid} for whole windows only, {@code same} for as many windows as input positions.
     */
    public S padding(String value) {
        return with(paddingSetting(), value);
    }

    /** {@code channels_last} or {@code channels_first}. */
    public S dataFormat(String value) {
        return with(DATA_FORMAT, value);
    }

    /** The distance between the elements of a window; one number stands for all dimensions. */
    public S dilationRate(int... sizes) {
        return with(axes.dilationRate(), Windowed.sizes(axes.count(), sizes));
    }

    /** The activation by name, such as {@code relu}. */
    public S activation(String function) {
        return with(ACTIVATION, Activations.of(function));
    }

    /** The activation. */
    public S activation(Activation function) {
        return with(ACTIVATION, function);
    }

    /** The activation as a function. */
    public S activation(Activation.Function function) {
        return with(ACTIVATION, Activation.of("custom", function));
    }

    /** Whether a bias is added. */
    public S useBias(boolean value) {
        return with(USE_BIAS, value);
    }

    /** How the bias begins, by name. */
    public S biasInitializer(String named) {
        return with(BIAS.initializer(), WeightSettings.INITIALIZER_CODEC.decode(named));
    }

    /** How the bias begins. */
    public S biasInitializer(Initializer chosen) {
        return with(BIAS.initializer(), chosen);
    }

    /** The penalty on the bias, by name. */
    public S biasRegularizer(String named) {
        return with(BIAS.regularizer(), WeightSettings.REGULARIZER_CODEC.decode(named));
    }

    /** The penalty on the bias. */
    public S biasRegularizer(Regularizer chosen) {
        return with(BIAS.regularizer(), chosen);
    }

    /** The limits of the bias, by name. */
    public S biasConstraint(String named) {
        return with(BIAS.constraint(), WeightSettings.CONSTRAINT_CODEC.decode(named));
    }

    /** The limits of the bias. */
    public S biasConstraint(Constraint chosen) {
        return with(BIAS.constraint(), chosen);
    }

    /** The penalty on the output, by name. */
    public S activityRegularizer(String named) {
        return with(ACTIVITY_REGULARIZER, WeightSettings.REGULARIZER_CODEC.decode(named));
    }

    /** The penalty on the output. */
    public S activityRegularizer(Regularizer chosen) {
        return with(ACTIVITY_REGULARIZER, chosen);
    }

    final boolean channelsLast() {
        return get(DATA_FORMAT).equals("channels_last");
    }

    final int[] strides() {
        return Windowed.array(get(axes.strides()));
    }

    final int[] dilation() {
        return Windowed.array(get(axes.dilationRate()));
    }

    /** The shape of a kernel: the window, then these. */
    final Shape kernelShape(int from, int to) {
        return Shape.of(Windowed.array(get(axes.kernelSize()))).concat(Shape.of(from, to));
    }

    /** Throws an error if no whole window fits into an input. */
    void checkWindow(Shape input) {
        var size = get(axes.kernelSize());
        for (int i = 0; i < axes.count(); i++) {
            int in = input.dim(i + (channelsLast() ? 1 : 2));
            int reach = (size.get(i) - 1) * get(axes.dilationRate()).get(i) + 1;
            if (get(paddingSetting()).equals("valid") && in >= 0 && in < reach) {
                throw new TensorException(
                        "an input of shape "
                                + input
                                + " is too small for a window of size "
                                + size
                                + " with dilation "
                                + get(axes.dilationRate()),
                        "use padding \"same\", or a smaller kernel");
            }
        }
    }

    @Override
    protected void build(Shape input) {
        configured();
        int axis = channelsLast() ? -1 : 1;
        int channels = input.dim(axis);
        if (channels < 0) {
            throw new TensorException(
                    "the number of channels of the input must be known, got " + input);
        }
        checkWindow(input);
        int filters = addKernels(channels);
        if (get(USE_BIAS)) {
            bias = addWeight("bias", Shape.of(filters), BIAS);
        }
        penalizeActivity(find(ACTIVITY_REGULARIZER));
        inputSpec(InputSpec.rank(axes.count() + 2).axis(axis, channels));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        var output = convolve(input);
        if (bias != null) {
            var dims = new int[axes.count() + 1];
            java.util.Arrays.fill(dims, 1);
            dims[0] = -1;
            output = output.plus(channelsLast() ? bias.value() : bias.value().reshape(dims));
        }
        return get(ACTIVATION).apply(output);
    }
}
