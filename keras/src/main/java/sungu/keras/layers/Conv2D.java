package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.activations.Activation;
import sungu.keras.activations.Activations;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.regularizers.Regularizer;
import sungu.ops.Windows;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/** A convolution over images: {@code activation(conv(x, kernel) + bias)}. */
public final class Conv2D extends Layer.Of<Conv2D> {
    static final Setting<Integer> FILTERS = Setting.integer("filters").positive();
    static final Setting<List<Integer>> KERNEL_SIZE = Windowed.sizes("kernel_size", 2);
    static final Setting<List<Integer>> STRIDES =
            Windowed.sizes("strides", 2).defaults(List.of(1, 1));
    static final Setting<String> PADDING =
            Setting.text("padding").oneOf(List.of("valid", "same")).defaults("valid");
    static final Setting<String> DATA_FORMAT = WeightSettings.dataFormat();
    static final Setting<List<Integer>> DILATION_RATE =
            Windowed.sizes("dilation_rate", 2).defaults(List.of(1, 1));
    static final Setting<Integer> GROUPS = Setting.integer("groups").positive().defaults(1);
    static final Setting<Activation> ACTIVATION =
            WeightSettings.activation("activation", Activations.LINEAR);
    static final Setting<Boolean> USE_BIAS = Setting.flag("use_bias").defaults(true);
    static final Setting<Initializer> KERNEL_INITIALIZER =
            WeightSettings.initializer("kernel_initializer", "glorot_uniform");
    static final Setting<Initializer> BIAS_INITIALIZER =
            WeightSettings.initializer("bias_initializer", "zeros");
    static final Setting<Regularizer> KERNEL_REGULARIZER =
            WeightSettings.regularizer("kernel_regularizer");
    static final Setting<Regularizer> BIAS_REGULARIZER =
            WeightSettings.regularizer("bias_regularizer");
    static final Setting<Regularizer> ACTIVITY_REGULARIZER =
            WeightSettings.regularizer("activity_regularizer");
    static final Setting<Constraint> KERNEL_CONSTRAINT =
            WeightSettings.constraint("kernel_constraint");
    static final Setting<Constraint> BIAS_CONSTRAINT = WeightSettings.constraint("bias_constraint");
    static final Setting<Integer> LORA_RANK =
            Setting.integer("lora_rank").positive().optional().sparse();
    static final Setting<Number> LORA_ALPHA = WeightSettings.loraAlpha();
    static final ObjectType<Conv2D> TYPE =
            typed(
                    "Conv2D",
                    Conv2D::new,
                    FILTERS,
                    KERNEL_SIZE,
                    STRIDES,
                    PADDING,
                    DATA_FORMAT,
                    DILATION_RATE,
                    GROUPS,
                    ACTIVATION,
                    USE_BIAS,
                    KERNEL_INITIALIZER,
                    BIAS_INITIALIZER,
                    KERNEL_REGULARIZER,
                    BIAS_REGULARIZER,
                    ACTIVITY_REGULARIZER,
                    KERNEL_CONSTRAINT,
                    BIAS_CONSTRAINT,
                    LORA_RANK,
                    LORA_ALPHA);

    private @Nullable Weight kernel;
    private @Nullable Weight bias;
    private @Nullable Lora lora;

    private Conv2D() {
        inputSpec(InputSpec.rank(4));
    }

    /** A convolution with that many filters of that size; one number stands for both dimensions. */
    public Conv2D(int filters, int... kernelSize) {
        this();
        set(FILTERS, filters);
        set(KERNEL_SIZE, Windowed.sizes(KERNEL_SIZE, 2, kernelSize));
    }

    @Override
    public ObjectType<Conv2D> type() {
        return TYPE;
    }

    @Override
    protected void configured() {
        super.configured();
        if (get(FILTERS) % get(GROUPS) != 0) {
            throw new TensorException(
                    "Conv2D: argument 'filters' ("
                            + get(FILTERS)
                            + ") must be divisible by argument 'groups' ("
                            + get(GROUPS)
                            + ")");
        }
        if (get(STRIDES).stream().anyMatch(s -> s > 1)
                && get(DILATION_RATE).stream().anyMatch(d -> d > 1)) {
            throw new TensorException(
                    "Conv2D: arguments 'strides' and 'dilation_rate' can't both be above 1, got "
                            + get(STRIDES)
                            + " and "
                            + get(DILATION_RATE));
        }
    }

    /** The distance between windows; one number stands for both dimensions. */
    public Conv2D strides(int... sizes) {
        return with(STRIDES, Windowed.sizes(STRIDES, 2, sizes));
    }

    /**
     * {@code valid} for whole windows only, {@code same} for as many windows as input positions.
     */
    public Conv2D padding(String value) {
        return with(PADDING, value);
    }

    /** {@code channels_last} or {@code channels_first}. */
    public Conv2D dataFormat(String value) {
        return with(DATA_FORMAT, value);
    }

    /** The distance between the elements of a window; one number stands for both dimensions. */
    public Conv2D dilationRate(int... sizes) {
        return with(DILATION_RATE, Windowed.sizes(DILATION_RATE, 2, sizes));
    }

    /** In how many groups channels are split, each with its own filters. */
    public Conv2D groups(int value) {
        return with(GROUPS, value);
    }

    /** The activation by name, such as {@code relu}. */
    public Conv2D activation(String function) {
        return with(ACTIVATION, Activations.of(function));
    }

    /** The activation. */
    public Conv2D activation(Activation function) {
        return with(ACTIVATION, function);
    }

    /** The activation as a function. */
    public Conv2D activation(Activation.Function function) {
        return with(ACTIVATION, Activation.of("custom", function));
    }

    /** Whether a bias is added. */
    public Conv2D useBias(boolean value) {
        return with(USE_BIAS, value);
    }

    /** How the kernel begins, by name. */
    public Conv2D kernelInitializer(String named) {
        return with(KERNEL_INITIALIZER, WeightSettings.INITIALIZER_CODEC.decode(named));
    }

    /** How the kernel begins. */
    public Conv2D kernelInitializer(Initializer chosen) {
        return with(KERNEL_INITIALIZER, chosen);
    }

    /** The penalty on the kernel, by name. */
    public Conv2D kernelRegularizer(String named) {
        return with(KERNEL_REGULARIZER, WeightSettings.REGULARIZER_CODEC.decode(named));
    }

    /** The penalty on the kernel. */
    public Conv2D kernelRegularizer(Regularizer chosen) {
        return with(KERNEL_REGULARIZER, chosen);
    }

    /** The limits of the kernel, by name. */
    public Conv2D kernelConstraint(String named) {
        return with(KERNEL_CONSTRAINT, WeightSettings.CONSTRAINT_CODEC.decode(named));
    }

    /** The limits of the kernel. */
    public Conv2D kernelConstraint(Constraint chosen) {
        return with(KERNEL_CONSTRAINT, chosen);
    }

    /** How the bias begins, by name. */
    public Conv2D biasInitializer(String named) {
        return with(BIAS_INITIALIZER, WeightSettings.INITIALIZER_CODEC.decode(named));
    }

    /** How the bias begins. */
    public Conv2D biasInitializer(Initializer chosen) {
        return with(BIAS_INITIALIZER, chosen);
    }

    /** The penalty on the bias, by name. */
    public Conv2D biasRegularizer(String named) {
        return with(BIAS_REGULARIZER, WeightSettings.REGULARIZER_CODEC.decode(named));
    }

    /** The penalty on the bias. */
    public Conv2D biasRegularizer(Regularizer chosen) {
        return with(BIAS_REGULARIZER, chosen);
    }

    /** The limits of the bias, by name. */
    public Conv2D biasConstraint(String named) {
        return with(BIAS_CONSTRAINT, WeightSettings.CONSTRAINT_CODEC.decode(named));
    }

    /** The limits of the bias. */
    public Conv2D biasConstraint(Constraint chosen) {
        return with(BIAS_CONSTRAINT, chosen);
    }

    /** The penalty on the output, by name. */
    public Conv2D activityRegularizer(String named) {
        return with(ACTIVITY_REGULARIZER, WeightSettings.REGULARIZER_CODEC.decode(named));
    }

    /** The penalty on the output. */
    public Conv2D activityRegularizer(Regularizer chosen) {
        return with(ACTIVITY_REGULARIZER, chosen);
    }

    /**
     * Trains a low-rank adaptation of the kernel instead of the kernel.
     *
     * @param alpha the weight of the adaptation, divided by the rank; the rank if null
     */
    public Conv2D lora(int rank, @Nullable Double alpha) {
        set(LORA_ALPHA, alpha == null ? (Number) rank : alpha);
        return with(LORA_RANK, rank);
    }

    @Override
    protected void build(Shape input) {
        configured();
        int axis = get(DATA_FORMAT).equals("channels_last") ? -1 : 1;
        int channels = input.dim(axis);
        if (channels < 0) {
            throw new TensorException(
                    "the number of channels of the input must be known, got " + input);
        }
        if (channels % get(GROUPS) != 0) {
            throw new TensorException(
                    "the number of input channels ("
                            + channels
                            + ") must be divisible by argument 'groups' ("
                            + get(GROUPS)
                            + ")");
        }
        var size = get(KERNEL_SIZE);
        var shape = Shape.of(size.get(0), size.get(1), channels / get(GROUPS), get(FILTERS));
        kernel =
                addWeight(
                        "kernel",
                        shape,
                        get(KERNEL_INITIALIZER),
                        find(KERNEL_REGULARIZER),
                        find(KERNEL_CONSTRAINT),
                        true);
        if (get(USE_BIAS)) {
            bias =
                    addWeight(
                            "bias",
                            Shape.of(get(FILTERS)),
                            get(BIAS_INITIALIZER),
                            find(BIAS_REGULARIZER),
                            find(BIAS_CONSTRAINT),
                            true);
        }
        penalizeActivity(find(ACTIVITY_REGULARIZER));
        inputSpec(InputSpec.rank(4).axis(axis, channels));
        var rank = find(LORA_RANK);
        if (rank != null) {
            lora =
                    new Lora(
                            this,
                            "kernel",
                            shape,
                            rank,
                            find(LORA_ALPHA),
                            find(KERNEL_REGULARIZER),
                            find(KERNEL_CONSTRAINT));
            lora.adapt(kernel);
        }
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Tensor filters = built(kernel).value();
        if (lora != null) {
            filters = lora.addTo(filters);
        }
        var output =
                Windows.conv(
                        input,
                        filters,
                        Windowed.array(get(STRIDES)),
                        get(PADDING),
                        get(DATA_FORMAT),
                        Windowed.array(get(DILATION_RATE)));
        if (bias != null) {
            output =
                    output.plus(
                            get(DATA_FORMAT).equals("channels_last")
                                    ? bias.value()
                                    : bias.value().reshape(-1, 1, 1));
        }
        return get(ACTIVATION).apply(output);
    }
}
