package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.regularizers.L1L2;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** The input as it is, with a penalty on it among the losses. */
public final class ActivityRegularization extends Layer.Of<ActivityRegularization> {
    static final Setting<Double> L1 = Setting.number("l1").nonNegative().defaults(0.0);
    static final Setting<Double> L2 = Setting.number("l2").nonNegative().defaults(0.0);
    static final ObjectType<ActivityRegularization> TYPE =
            typed("ActivityRegularization", ActivityRegularization::new, L1, L2);

    /** No penalty unless {@link #l1} or {@link #l2} is set. */
    public ActivityRegularization() {
        supportsMasking(true);
    }

    @Override
    public ObjectType<ActivityRegularization> type() {
        return TYPE;
    }

    /** The weight of the absolute values. */
    public ActivityRegularization l1(double weight) {
        return with(L1, weight);
    }

    /** The weight of the squares. */
    public ActivityRegularization l2(double weight) {
        return with(L2, weight);
    }

    @Override
    protected void build(Shape input) {
        penalizeActivity(new L1L2(get(L1), get(L2)));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return input;
    }
}
