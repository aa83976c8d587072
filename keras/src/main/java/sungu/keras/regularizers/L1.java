package sungu.keras.regularizers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

/** The sum of absolute values, times l1. */
public final class L1 extends Regularizer {
    static final Setting<Double> FACTOR = Setting.number("l1").nonNegative().defaults(0.01);
    static final ObjectType<L1> TYPE = ObjectType.of("keras.regularizers", "L1", L1::new, FACTOR);

    /** Keras' defaults. */
    public L1() {}

    /** The sum of absolute values, times l1. */
    public L1(double l1) {
        set(FACTOR, l1);
    }

    @Override
    public ObjectType<L1> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Tensor value) {
        return Elements.abs(value).sum().times(get(FACTOR));
    }
}
