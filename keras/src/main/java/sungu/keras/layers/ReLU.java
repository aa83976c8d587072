package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.ops.Operations;
import sungu.tensor.Tensor;

import java.util.Objects;

/** {@code max(x, 0)}, in general linear above a threshold and below it, and capped. */
public final class ReLU extends Layer.Of<ReLU> {
    static final Setting<Double> MAX_VALUE = Setting.number("max_value").nonNegative().optional();
    static final Setting<Double> NEGATIVE_SLOPE =
            Setting.number("negative_slope").nonNegative().defaults(0.0);
    static final Setting<Double> THRESHOLD =
            Setting.number("threshold").nonNegative().defaults(0.0);
    static final ObjectType<ReLU> TYPE =
            typed("ReLU", ReLU::new, MAX_VALUE, NEGATIVE_SLOPE, THRESHOLD);

    /** {@code max(x, 0)}. */
    public ReLU() {
        supportsMasking(true);
    }

    @Override
    public ObjectType<ReLU> type() {
        return TYPE;
    }

    /** The largest output; none unless set. */
    public ReLU maxValue(double value) {
        return with(MAX_VALUE, value);
    }

    /** The slope below the threshold. */
    public ReLU negativeSlope(double slope) {
        return with(NEGATIVE_SLOPE, slope);
    }

    /** Where the identity begins. */
    public ReLU threshold(double value) {
        return with(THRESHOLD, value);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return (Tensor)
                Objects.requireNonNull(
                        Operations.require("keras.activations.relu")
                                .call(input, get(NEGATIVE_SLOPE), find(MAX_VALUE), get(THRESHOLD)));
    }
}
