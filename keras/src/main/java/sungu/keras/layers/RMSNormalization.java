package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.ops.Ops;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Map;

/**
 * Divides each row by the root of its mean square (Zhang and Sennrich, "Root Mean Square Layer
 * Normalization", 2019).
 */
public final class RMSNormalization extends Layer.Of<RMSNormalization> {
    static final Setting<AxisSetting> AXIS = AxisSetting.setting();
    static final Setting<Double> EPSILON = Setting.number("epsilon").defaults(1e-6);
    static final WeightSetting SCALE = WeightSetting.of("scale", "ones");
    static final ObjectType<RMSNormalization> TYPE =
            typed("RMSNormalization", RMSNormalization::new, AXIS, EPSILON);

    private @Nullable Weight scale;

    /** Normalizes the last axis. */
    public RMSNormalization() {}

    @Override
    public ObjectType<RMSNormalization> type() {
        return TYPE;
    }

    /** The axes that are normalized together. */
    public RMSNormalization axis(int... axes) {
        return with(AXIS, AxisSetting.of(axes));
    }

    /** What is added to the mean square. */
    public RMSNormalization epsilon(double epsilon) {
        return with(EPSILON, epsilon);
    }

    @Override
    protected void build(Shape input) {
        var axes = LayerNormalization.axes(get(AXIS), input);
        scale = addWeight("scale", LayerNormalization.sizes(input, axes), SCALE);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Ops.rmsNormalization(input, built(scale).value(), get(AXIS).array(), get(EPSILON));
    }

    /** Files of a built layer have a list of axes. */
    @Override
    public Map<String, @Nullable Object> config() {
        var config = super.config();
        if (built()) {
            config.put("axis", get(AXIS).list().stream().sorted().toList());
        }
        return config;
    }
}
