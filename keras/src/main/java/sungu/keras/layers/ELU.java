package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Nets;
import sungu.tensor.Tensor;

/** {@code x} where it is positive, else {@code alpha * (exp(x) - 1)}. */
public final class ELU extends Layer.Of<ELU> {
    static final Setting<Double> ALPHA = Setting.number("alpha").defaults(1.0);
    static final ObjectType<ELU> TYPE = typed("ELU", ELU::new, ALPHA);

    /** With alpha 1. */
    public ELU() {
        supportsMasking(true);
    }

    @Override
    public ObjectType<ELU> type() {
        return TYPE;
    }

    /** Minus the limit towards minus infinity. */
    public ELU alpha(double value) {
        return with(ALPHA, value);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Nets.elu(input, get(ALPHA));
    }
}
