package sungu.keras.schedules;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import sungu.keras.config.Configured;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

/** A learning rate that follows the number of training steps. */
public abstract class LearningRateSchedule extends Configured {
    static final Setting<Double> INITIAL = Setting.number("initial_learning_rate");
    static final Setting<Integer> DECAY_STEPS = Setting.integer("decay_steps");

    /** For sub-classes. */
    protected LearningRateSchedule() {}

    /** The learning rate at a step, which is an integer or floating scalar; a floating scalar. */
    public abstract Tensor apply(Tensor step);

    /** The learning rate at a step. */
    public final double apply(long step) {
        return apply(Tensor.of(step)).doubleValue();
    }

    /** A number in the dtype that schedules compute in. */
    static Tensor number(double value) {
        return Tensor.full(sungu.tensor.Shape.SCALAR, value, dtype());
    }

    static Tensor real(Tensor step) {
        return step.cast(dtype());
    }

    private static DType dtype() {
        return KerasConfig.floatx();
    }

    static Tensor min(Tensor a, Tensor b) {
        return Elements.minimum(a, b);
    }

    /** The configuration as a copy that may be changed. */
    @Override
    public Map<String, @Nullable Object> config() {
        return super.config();
    }
}
