package sungu.keras.random;

import sungu.ops.Elements;
import sungu.ops.Randoms;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Dropout as a function: what the layers of that family share. */
public final class Dropouts {
    private Dropouts() {}

    /**
     * Elements whose random number is at least the rate stay, scaled by 1 / (1 - rate); the others
     * become 0.
     *
     * @param noise the shape of the random numbers, which broadcasts to that of x
     * @param seed two integers
     */
    public static Tensor drop(Tensor x, double rate, Shape noise, Tensor seed) {
        if (rate == 1) {
            return Elements.zerosLike(x);
        }
        var random = Randoms.statelessUniform(noise, seed, 0, 1, x.dtype());
        var keep = Elements.greaterEqual(random, Elements.weak(rate, random));
        return Elements.select(keep, x.times(1 / (1 - rate)), Elements.zerosLike(x));
    }
}
