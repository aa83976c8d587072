package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.quantizers.Float8;
import sungu.ops.Controls;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.function.Supplier;

/**
 * A kernel in floats that, like the inputs, is rounded to 8-bit floats before the product;
 * gradients of the product are rounded, too. Scales and the histories they come from get their next
 * values where other weights get gradients.
 */
final class Float8Kernel implements QuantizedKernel {
    /** The scale and the last maxima of what is rounded. */
    private record Range(Weight scale, Weight history) {}

    private final Range inputs;
    private final Range kernels;
    private final Range gradients;
    private final Weight kernel;
    private final boolean computesInFloat32;

    Float8Kernel(Layer layer, int historyLength, Supplier<Weight> makeKernel) {
        inputs = range(layer, "inputs", historyLength);
        kernels = range(layer, "kernel", historyLength);
        gradients = range(layer, "outputs_grad", historyLength);
        kernel = makeKernel.get();
        computesInFloat32 = layer.computeDtype() == DType.FLOAT32;
    }

    private static Range range(Layer layer, String of, int historyLength) {
        var scale =
                layer.addWeight(
                        of + "_scale",
                        Shape.SCALAR,
                        DType.FLOAT32,
                        WeightSettings.INITIALIZER_CODEC.decode("ones"),
                        null,
                        null,
                        true);
        var history =
                layer.addWeight(
                        of + "_amax_history",
                        Shape.of(historyLength),
                        DType.FLOAT32,
                        WeightSettings.INITIALIZER_CODEC.decode("zeros"),
                        null,
                        null,
                        true);
        scale.overwrittenWithGradient(true);
        history.overwrittenWithGradient(true);
        return new Range(scale, history);
    }

    @Override
    public Tensor product(Tensor input, boolean training) {
        var product =
                rounded(input, inputs, training).matmul(rounded(kernel.value(), kernels, training));
        return Controls.customGradient(
                all ->
                        new Controls.WithGradient(
                                new Tensor[] {all[0]},
                                cotangents -> {
                                    var cotangent = orZeros(cotangents[0], product);
                                    return new Tensor[] {
                                        Float8.rounded(cotangent, all[1], DType.FLOAT8_E5M2),
                                        nextScale(all[1], all[2], DType.FLOAT8_E5M2),
                                        Float8.history(cotangent, all[2])
                                    };
                                }),
                product,
                gradients.scale.plainValue(),
                gradients.history.plainValue())[0];
    }

    private static Tensor rounded(Tensor x, Range range, boolean training) {
        return Controls.customGradient(
                all ->
                        new Controls.WithGradient(
                                new Tensor[] {Float8.rounded(all[0], all[1], DType.FLOAT8_E4M3FN)},
                                cotangents -> {
                                    var cotangent = orZeros(cotangents[0], x);
                                    // Outside of training nothing may move on, so the present
                                    // values are the next ones.
                                    return training
                                            ? new Tensor[] {
                                                cotangent,
                                                nextScale(all[1], all[2], DType.FLOAT8_E4M3FN),
                                                Float8.history(all[0], all[2])
                                            }
                                            : new Tensor[] {cotangent, all[1], all[2]};
                                }),
                x,
                range.scale.plainValue(),
                range.history.plainValue())[0];
    }

    private static Tensor nextScale(Tensor scale, Tensor history, DType float8) {
        return Float8.scale(Reductions.max(history, false), scale, float8);
    }

    private static Tensor orZeros(@Nullable Tensor cotangent, Tensor like) {
        return cotangent == null ? Tensor.zeros(like.shape(), like.dtype()) : cotangent;
    }

    /** Biases are rounded to bfloat16, which is what 8-bit products are added to. */
    @Override
    public Tensor bias(Tensor bias) {
        return computesInFloat32 ? bias.cast(DType.BFLOAT16).cast(bias.dtype()) : bias;
    }

    @Override
    public boolean takesLora() {
        return false;
    }
}
