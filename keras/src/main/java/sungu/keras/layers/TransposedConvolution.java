package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Setting;
import sungu.ops.Windows;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/** A convolution the other way round: each input element is spread over a window of the output. */
abstract class TransposedConvolution<S extends TransposedConvolution<S>>
        extends KernelConvolution<S> {
    private @Nullable Weight kernel;

    TransposedConvolution(Axes axes) {
        super(axes);
    }

    static Setting<?>[] settings(Axes axes) {
        return new Setting<?>[] {
            FILTERS,
            axes.kernelSize(),
            axes.strides(),
            PADDING,
            axes.outputPadding(),
            DATA_FORMAT,
            axes.dilationRate(),
            ACTIVATION,
            USE_BIAS,
            KERNEL.initializer(),
            BIAS.initializer(),
            KERNEL.regularizer(),
            BIAS.regularizer(),
            ACTIVITY_REGULARIZER,
            KERNEL.constraint(),
            BIAS.constraint()
        };
    }

    /**
     * How many elements are added to one side of the output; one number stands for all dimensions.
     */
    public S outputPadding(int... sizes) {
        return with(axes.outputPadding(), Windowed.sizes(axes.count(), sizes));
    }

    @Override
    void checkSettings() {
        checkStrides();
        @Nullable List<Integer> padding = find(axes.outputPadding());
        if (padding == null) {
            return;
        }
        var strides = get(axes.strides());
        for (int i = 0; i < padding.size(); i++) {
            if (padding.get(i) >= strides.get(i)) {
                throw new TensorException(
                        type().className()
                                + ": argument 'output_padding' "
                                + padding
                                + " must be below 'strides' "
                                + strides
                                + " in all dimensions");
            }
        }
    }

    @Override
    void checkWindow(Shape input) {}

    @Override
    int addKernels(int channels) {
        kernel = addWeight("kernel", kernelShape(get(FILTERS), channels), KERNEL);
        return get(FILTERS);
    }

    @Override
    Tensor convolve(Tensor input) {
        @Nullable List<Integer> padding = find(axes.outputPadding());
        return Windows.convTranspose(
                input,
                built(kernel).value(),
                strides(),
                get(PADDING),
                padding == null ? null : Windowed.array(padding),
                get(DATA_FORMAT),
                dilation());
    }
}
