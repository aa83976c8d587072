package sungu.keras.regularizers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

/** The sum of squares, times l2. */
public final class L2 extends Regularizer {
    static final Setting<Double> FACTOR = Setting.number("l2").nonNegative().defaults(0.01);
    static final ObjectType<L2> TYPE = ObjectType.of("keras.regularizers", "L2", L2::new, FACTOR);

    /** Keras' defaults. */
    public L2() {}

    /** The sum of squares, times l2. */
    public L2(double l2) {
        set(FACTOR, l2);
    }

    @Override
    public ObjectType<L2> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Tensor value) {
        return Elements.square(value).sum().times(get(FACTOR));
    }
}
