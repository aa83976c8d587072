package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Setting;
import sungu.ops.Windows;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/** {@code activation(conv(x, kernel) + bias)} over any number of spatial dimensions. */
abstract class PlainConvolution<S extends PlainConvolution<S>> extends KernelConvolution<S> {
    static final Setting<String> PADDING_OR_CAUSAL =
            Setting.text("padding").oneOf(List.of("valid", "same", "causal")).defaults("valid");
    static final Setting<Integer> GROUPS = Setting.integer("groups").positive().defaults(1);
    static final Setting<Integer> LORA_RANK =
            Setting.integer("lora_rank").positive().optional().sparse();
    static final Setting<Number> LORA_ALPHA = WeightSettings.loraAlpha();

    private @Nullable Weight kernel;
    private @Nullable Lora lora;

    PlainConvolution(Axes axes) {
        super(axes);
    }

    static Setting<?>[] settings(Axes axes) {
        return new Setting<?>[] {
            FILTERS,
            axes.kernelSize(),
            axes.strides(),
            axes.count() == 1 ? PADDING_OR_CAUSAL : PADDING,
            DATA_FORMAT,
            axes.dilationRate(),
            GROUPS,
            ACTIVATION,
            USE_BIAS,
            KERNEL.initializer(),
            BIAS.initializer(),
            KERNEL.regularizer(),
            BIAS.regularizer(),
            ACTIVITY_REGULARIZER,
            KERNEL.constraint(),
            BIAS.constraint(),
            LORA_RANK,
            LORA_ALPHA
        };
    }

    @Override
    final Setting<String> paddingSetting() {
        return axes.count() == 1 ? PADDING_OR_CAUSAL : PADDING;
    }

    /** In how many groups channels are split, each with its own filters. */
    public S groups(int value) {
        return with(GROUPS, value);
    }

    /**
     * Trains a low-rank adaptation of the kernel instead of the kernel.
     *
     * @param alpha the weight of the adaptation, divided by the rank; the rank if null
     */
    public S lora(int rank, @Nullable Double alpha) {
        set(LORA_ALPHA, alpha == null ? (Number) rank : alpha);
        return with(LORA_RANK, rank);
    }

    @Override
    void checkSettings() {
        if (get(FILTERS) % get(GROUPS) != 0) {
            throw new TensorException(
                    type().className()
                            + ": argument 'filters' ("
                            + get(FILTERS)
                            + ") must be divisible by argument 'groups' ("
                            + get(GROUPS)
                            + ")");
        }
        checkStrides();
    }

    @Override
    protected void build(Shape input) {
        super.build(input);
        var rank = find(LORA_RANK);
        if (rank != null) {
            lora =
                    new Lora(
                            this,
                            "kernel",
                            built(kernel).shape(),
                            rank,
                            find(LORA_ALPHA),
                            find(KERNEL.regularizer()),
                            find(KERNEL.constraint()));
            lora.adapt(built(kernel));
        }
    }

    @Override
    int addKernels(int channels) {
        if (channels % get(GROUPS) != 0) {
            throw new TensorException(
                    "the number of input channels ("
                            + channels
                            + ") must be divisible by argument 'groups' ("
                            + get(GROUPS)
                            + ")");
        }
        kernel = addWeight("kernel", kernelShape(channels / get(GROUPS), get(FILTERS)), KERNEL);
        return get(FILTERS);
    }

    @Override
    Tensor convolve(Tensor input) {
        Tensor filters = built(kernel).value();
        return Windows.conv(
                input,
                lora == null ? filters : lora.addTo(filters),
                strides(),
                get(paddingSetting()),
                get(DATA_FORMAT),
                dilation());
    }
}
