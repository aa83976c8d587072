package sungu.keras.layers;

import sungu.keras.Weight;
import sungu.keras.quantizers.AbsMax;
import sungu.keras.quantizers.Packing;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/**
 * A kernel of packed 4-bit integers with a scale and a zero for each output and each block of
 * inputs.
 */
final class BlockKernel implements QuantizedKernel {
    private final Weight kernel;
    private final Weight scale;
    private final Weight zero;
    private final Weight groups;
    private final int outputs;
    private final DType computeDtype;

    BlockKernel(Layer layer, int inputs, int outputs, int blockSize) {
        this.outputs = outputs;
        this.computeDtype = layer.computeDtype();
        var perBlock = Shape.of((inputs + blockSize - 1) / blockSize, outputs);
        kernel = layer.addFixed("kernel", Shape.of(inputs, (outputs + 1) / 2), DType.INT8, "zeros");
        scale = layer.addFixed("kernel_scale", perBlock, layer.policy().variableDtype(), "ones");
        zero = layer.addFixed("kernel_zero", perBlock, DType.INT8, "zeros");
        groups = layer.addGroups(inputs, blockSize);
    }

    @Override
    public Tensor product(Tensor input, boolean training) {
        var levels = Packing.unpackInt4(kernel.value(), outputs, -1);
        var floats =
                AbsMax.dequantized(
                                levels,
                                scale.value(),
                                zero.value(),
                                groups.plainValue().cast(DType.INT32),
                                0)
                        .cast(computeDtype);
        return QuantizedKernel.straightThrough(input, x -> x.matmul(floats), () -> floats);
    }
}
