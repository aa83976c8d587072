package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Quantization;
import sungu.keras.quantizers.AbsMaxQuantizer;
import sungu.keras.quantizers.Packing;
import sungu.keras.quantizers.QuantizationConfig;
import sungu.keras.quantizers.Quantizer;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/**
 * A kernel of 8-bit or packed 4-bit integers with a scale per output. Inputs may be quantized as
 * well; then integers are multiplied.
 */
final class IntegerKernel implements QuantizedKernel {
    private final Weight kernel;
    private final Weight scale;
    private final boolean packed;
    private final int outputs;
    private final DType computeDtype;
    private final @Nullable Quantizer inputQuantizer;

    IntegerKernel(
            Layer layer,
            Quantization.Kind kind,
            @Nullable QuantizationConfig config,
            int inputs,
            int outputs) {
        this.packed = kind == Quantization.Kind.INT4;
        this.outputs = outputs;
        this.computeDtype = layer.computeDtype();
        this.inputQuantizer =
                config != null
                        ? config.activationQuantizer()
                        : packed ? null : new AbsMaxQuantizer();
        kernel =
                layer.addFixed(
                        "kernel",
                        Shape.of(inputs, packed ? (outputs + 1) / 2 : outputs),
                        DType.INT8,
                        "zeros");
        scale =
                layer.addFixed(
                        "kernel_scale", Shape.of(outputs), layer.policy().variableDtype(), "ones");
    }

    @Override
    public Tensor product(Tensor input, boolean training) {
        var levels = packed ? Packing.unpackInt4(kernel.value(), outputs, -1) : kernel.value();
        var scales = scale.value();
        return QuantizedKernel.straightThrough(
                input,
                x -> {
                    if (inputQuantizer == null) {
                        return x.matmul(levels.cast(computeDtype)).div(scales);
                    }
                    var quantized = inputQuantizer.quantize(x, -1);
                    var sums =
                            quantized.values().cast(DType.INT32).matmul(levels.cast(DType.INT32));
                    return sums.cast(computeDtype).div(scales.times(quantized.scale()));
                },
                () -> levels.cast(computeDtype).div(scales));
    }
}
