package sungu.keras.regularizers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

/** The sum of absolute values times l1, and of squares times l2. */
public final class L1L2 extends Regularizer {
    static final Setting<Double> L1 = Setting.number("l1").nonNegative().defaults(0.0);
    static final Setting<Double> L2 = Setting.number("l2").nonNegative().defaults(0.0);
    static final ObjectType<L1L2> TYPE =
            ObjectType.of("keras.regularizers", "L1L2", L1L2::new, L1, L2);

    /** Keras' defaults. */
    public L1L2() {}

    /** The sum of absolute values times l1, and of squares times l2. */
    public L1L2(double l1, double l2) {
        set(L1, l1);
        set(L2, l2);
    }

    @Override
    public ObjectType<L1L2> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Tensor value) {
        var penalty = Tensor.zeros(sungu.tensor.Shape.SCALAR, value.dtype());
        if (get(L1) != 0) {
            penalty = penalty.plus(Elements.abs(value).sum().times(get(L1)));
        }
        if (get(L2) != 0) {
            penalty = penalty.plus(Elements.square(value).sum().times(get(L2)));
        }
        return penalty;
    }
}
