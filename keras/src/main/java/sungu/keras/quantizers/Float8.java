package sungu.keras.quantizers;

import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.List;

/**
 * Values as 8-bit floats would hold them, for training with scales that follow the largest values
 * of the last steps (Micikevicius et al., "FP8 Formats for Deep Learning", 2022).
 */
public final class Float8 {
    private Float8() {}

    /** The largest finite value of an 8-bit float type. */
    public static double largest(DType float8) {
        return float8 == DType.FLOAT8_E4M3FN ? 448 : 57344;
    }

    /**
     * The values rounded to an 8-bit float type after division by the scale, and multiplied back;
     * too large ones become the largest.
     */
    public static Tensor rounded(Tensor x, Tensor scale, DType float8) {
        var factor = scale.cast(x.dtype());
        var scaled = x.div(factor);
        var limit = Elements.weak(largest(float8), scaled);
        return Elements.clip(scaled, limit.unaryMinus(), limit)
                .cast(float8)
                .cast(x.dtype())
                .times(factor);
    }

    /**
     * The scale at which the largest value just fits: {@code amax / largest}; the old scale if
     * {@code amax} is 0 or not finite.
     */
    public static Tensor scale(Tensor amax, Tensor old, DType float8) {
        var one = Elements.onesLike(old);
        var inverse = one.div(old);
        var fitting = Elements.weak(largest(float8), amax).div(amax);
        var usable = Elements.and(amax.greater(0.0), Elements.isFinite(amax));
        return one.div(Elements.select(usable, fitting, inverse));
    }

    /**
     * The history of maxima with the largest absolute value of {@code x} first and the others moved
     * on by one.
     */
    public static Tensor history(Tensor x, Tensor history) {
        int length = history.shape().dim(0);
        var newest = Reductions.max(x.abs(), false).cast(history.dtype()).reshape(1);
        // The oldest is at index 1: histories rotate to the front, and the place at 0 is always the
        // newest.
        return length < 2
                ? newest
                : Movements.concat(
                        length == 2
                                ? List.of(newest, Movements.sliceAxis(history, 0, 0, 1))
                                : List.of(
                                        newest,
                                        Movements.sliceAxis(history, 0, 2, length),
                                        Movements.sliceAxis(history, 0, 0, 1)),
                        0);
    }
}
