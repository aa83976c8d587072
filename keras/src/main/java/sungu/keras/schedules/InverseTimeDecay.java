package sungu.keras.schedules;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

/** initial / (1 + rate * step / steps). */
public final class InverseTimeDecay extends LearningRateSchedule {
    static final Setting<Double> INITIAL_LEARNING_RATE = Setting.number("initial_learning_rate");
    static final Setting<Integer> DECAY_STEPS = Setting.integer("decay_steps").positive();
    static final Setting<Double> DECAY_RATE = Setting.number("decay_rate");
    static final Setting<Boolean> STAIRCASE = Setting.flag("staircase").defaults(false);
    static final Setting<String> NAME =
            Setting.text("name").defaults("InverseTimeDecay").optional();
    static final ObjectType<InverseTimeDecay> TYPE =
            ObjectType.of(
                    "keras.optimizers.schedules",
                    "InverseTimeDecay",
                    InverseTimeDecay::new,
                    INITIAL_LEARNING_RATE,
                    DECAY_STEPS,
                    DECAY_RATE,
                    STAIRCASE,
                    NAME);

    /** A schedule with what it requires. */
    public InverseTimeDecay(double initialLearningRate, int decaySteps, double decayRate) {
        set(INITIAL_LEARNING_RATE, initialLearningRate);
        set(DECAY_STEPS, decaySteps);
        set(DECAY_RATE, decayRate);
    }

    private InverseTimeDecay() {}

    private <T> InverseTimeDecay with(Setting<T> setting, @Nullable T value) {
        set(setting, value);
        return this;
    }

    /** Whether the rate changes only every decay_steps steps. */
    public InverseTimeDecay staircase(boolean staircase) {
        return with(STAIRCASE, staircase);
    }

    /** The name. */
    public InverseTimeDecay name(String name) {
        return with(NAME, name);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Tensor step) {
        var passed = real(step).div(number(get(DECAY_STEPS)));
        if (get(STAIRCASE)) {
            passed = Elements.floor(passed);
        }
        return number(get(INITIAL_LEARNING_RATE))
                .div(number(get(DECAY_RATE)).times(passed).plus(1.0));
    }
}
