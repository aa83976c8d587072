package sungu.keras.layers;

import sungu.keras.Weight;
import sungu.keras.quantizers.Packing;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** A kernel of -1, 0 and 1, five to a byte along the inputs, with one scale for all. */
final class TernaryKernel implements QuantizedKernel {
    private final Weight kernel;
    private final Weight scale;
    private final int inputs;
    private final DType computeDtype;

    TernaryKernel(Layer layer, int inputs, int outputs) {
        this.inputs = inputs;
        this.computeDtype = layer.computeDtype();
        // Digits are kept as 0, 1 and 2: a byte of five zeros is 1 + 3 + 9 + 27 + 81.
        kernel =
                layer.addFixed("kernel", Shape.of((inputs + 4) / 5, outputs), DType.UINT8, "zeros");
        scale =
                layer.addFixed(
                        "kernel_scale", Shape.SCALAR, layer.policy().variableDtype(), "ones");
    }

    @Override
    public Tensor product(Tensor input, boolean training) {
        var digits = Packing.unpackTernary(kernel.value(), inputs, 0).cast(computeDtype);
        var factor = scale.value();
        return QuantizedKernel.straightThrough(
                input, x -> x.matmul(digits).times(factor), () -> digits.times(factor));
    }
}
