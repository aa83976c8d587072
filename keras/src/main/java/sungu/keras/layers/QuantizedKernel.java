package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Quantization;
import sungu.keras.quantizers.Int4QuantizationConfig;
import sungu.keras.quantizers.QuantizationConfig;
import sungu.ops.Controls;
import sungu.ops.Movements;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A kernel {@code [inputs, outputs]} that is kept in another form than floats, or used in another:
 * how inputs are multiplied by it.
 */
interface QuantizedKernel {
    /** The product of inputs with the kernel. */
    Tensor product(Tensor input, boolean training);

    /** The bias as the scheme adds it. */
    default Tensor bias(Tensor bias) {
        return bias;
    }

    /** Whether low-rank adaptation works with the scheme. */
    default boolean takesLora() {
        return true;
    }

    /**
     * Makes the weights of a quantized kernel.
     *
     * @param kernel makes the kernel in floats, for schemes that keep it
     */
    static QuantizedKernel of(
            Layer layer,
            Quantization how,
            @Nullable QuantizationConfig config,
            int inputs,
            int outputs,
            Supplier<Weight> kernel) {
        checkConfig(how, config);
        return switch (how.kind()) {
            case INT8, INT4 -> {
                int block = blockSize(how, config);
                yield block > 0
                        ? new BlockKernel(layer, inputs, outputs, block)
                        : new IntegerKernel(layer, how.kind(), config, inputs, outputs);
            }
            case TERNARY -> new TernaryKernel(layer, inputs, outputs);
            case FLOAT8 -> new Float8Kernel(layer, how.historyLength(), kernel);
        };
    }

    /** Checks that a config is for the scheme of the policy. */
    static void checkConfig(Quantization how, @Nullable QuantizationConfig config) {
        if (config != null && config.kind() != how.kind()) {
            throw new TensorException(
                    "argument 'quantization_config' ("
                            + config
                            + ") is not for the quantization mode '"
                            + how.mode()
                            + "' of the dtype policy");
        }
    }

    /** How many elements share a scale; the config has the last word. */
    static int blockSize(Quantization how, @Nullable QuantizationConfig config) {
        return config instanceof Int4QuantizationConfig int4 ? int4.blockSize() : how.blockSize();
    }

    /**
     * A product with a kernel that gets no gradient; that of the input comes from the kernel in
     * floats.
     */
    static Tensor straightThrough(
            Tensor input, Function<Tensor, Tensor> forward, Supplier<Tensor> floats) {
        return Controls.customGradient(
                all ->
                        new Controls.WithGradient(
                                new Tensor[] {forward.apply(all[0])},
                                cotangents -> {
                                    var cotangent = cotangents[0];
                                    var kernel = floats.get();
                                    return new Tensor[] {
                                        cotangent == null
                                                ? Tensor.zeros(input.shape(), input.dtype())
                                                : cotangent
                                                        .matmul(Movements.transpose(kernel, 1, 0))
                                                        .cast(input.dtype())
                                    };
                                }),
                input)[0];
    }
}
