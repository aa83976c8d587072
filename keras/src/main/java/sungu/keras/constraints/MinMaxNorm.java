package sungu.keras.constraints;

import sungu.keras.config.KerasConfig;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

/** Lengths are brought into a range, at some rate. */
public final class MinMaxNorm extends NormConstraint {
    static final Setting<Double> MIN_VALUE =
            Setting.number("min_value").nonNegative().defaults(0.0);
    static final Setting<Double> MAX_VALUE =
            Setting.number("max_value").nonNegative().defaults(1.0);
    static final Setting<Double> RATE = Setting.number("rate").nonNegative().defaults(1.0);
    static final ObjectType<MinMaxNorm> TYPE =
            ObjectType.of(
                    "keras.constraints",
                    "MinMaxNorm",
                    MinMaxNorm::new,
                    MIN_VALUE,
                    MAX_VALUE,
                    RATE,
                    AXIS);

    /** Keras' defaults. */
    public MinMaxNorm() {}

    /** Lengths are brought into a range, at some rate. */
    public MinMaxNorm(double minValue, double maxValue, double rate) {
        set(MIN_VALUE, minValue);
        set(MAX_VALUE, maxValue);
        set(RATE, rate);
    }

    /** The axes along which lengths are measured. */
    public MinMaxNorm axis(int... axes) {
        set(AXIS, java.util.Arrays.stream(axes).boxed().toList());
        return this;
    }

    @Override
    public ObjectType<MinMaxNorm> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Tensor value) {
        var norms = lengths(value);
        var clipped =
                Elements.clip(
                        norms,
                        Elements.weak(get(MIN_VALUE), norms),
                        Elements.weak(get(MAX_VALUE), norms));
        var desired = clipped.times(get(RATE)).plus(norms.times(1 - get(RATE)));
        return value.times(desired.div(norms.plus(KerasConfig.epsilon())));
    }
}
