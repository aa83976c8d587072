package sungu.keras.quantizers;

import sungu.keras.config.Configured;
import sungu.tensor.Tensor;

/** Turns a tensor into one of few levels and a scale. */
public abstract class Quantizer extends Configured {
    /** For sub-classes. */
    protected Quantizer() {}

    /**
     * The tensor in few levels.
     *
     * @param values the levels, of the shape of the tensor
     * @param scale what the tensor was multiplied with; dimensions along which it was measured have
     *     size 1
     */
    public record Quantized(Tensor values, Tensor scale) {}

    /** Quantizes along the quantizer's own axes, or the last one if it has none. */
    public abstract Quantized quantize(Tensor x);

    /** Quantizes with one scale for all elements along the axes. */
    public abstract Quantized quantize(Tensor x, int... axes);
}
