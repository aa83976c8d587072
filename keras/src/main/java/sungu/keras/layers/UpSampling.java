package sungu.keras.layers;

import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Each element several times. */
final class UpSampling {
    private UpSampling() {}

    /** Repeats each element along an axis. */
    static Tensor repeat(Tensor x, int axis, int times) {
        var wide = Movements.expandDims(x, axis + 1);
        var repeated = Movements.broadcastTo(wide, wide.shape().with(axis + 1, times));
        Shape result = x.shape().with(axis, x.shape().dim(axis) * times);
        return Movements.reshape(repeated, result);
    }

    /** Repeats the elements along spatial axes, beginning at {@code firstAxis}. */
    static Tensor repeat(Tensor x, int firstAxis, int[] times) {
        Tensor repeated = x;
        for (int i = 0; i < times.length; i++) {
            repeated = repeat(repeated, firstAxis + i, times[i]);
        }
        return repeated;
    }
}
