package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Nets;
import sungu.tensor.Tensor;

/** {@code x} where it is positive, else {@code slope * x}. */
public final class LeakyReLU extends Layer.Of<LeakyReLU> {
    static final Setting<Double> NEGATIVE_SLOPE =
            Setting.number("negative_slope").nonNegative().defaults(0.3);
    static final ObjectType<LeakyReLU> TYPE = typed("LeakyReLU", LeakyReLU::new, NEGATIVE_SLOPE);

    /** With slope 0.3 below zero. */
    public LeakyReLU() {
        supportsMasking(true);
    }

    @Override
    public ObjectType<LeakyReLU> type() {
        return TYPE;
    }

    /** The slope below zero. */
    public LeakyReLU negativeSlope(double slope) {
        return with(NEGATIVE_SLOPE, slope);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Nets.leakyRelu(input, get(NEGATIVE_SLOPE));
    }
}
