package sungu.keras.schedules;

import sungu.keras.config.Configured;
import sungu.keras.config.KerasConfig;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

/** A learning rate that follows the number of training steps. */
public abstract class LearningRateSchedule extends Configured {
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
}
