package sungu.keras.schedules;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

/** (initial - end) * (1 - step / steps)^power + end. */
public final class PolynomialDecay extends LearningRateSchedule {
    static final Setting<Double> INITIAL_LEARNING_RATE = Setting.number("initial_learning_rate");
    static final Setting<Integer> DECAY_STEPS = Setting.integer("decay_steps").positive();
    static final Setting<Double> END_LEARNING_RATE =
            Setting.number("end_learning_rate").defaults(1e-4);
    static final Setting<Double> POWER = Setting.number("power").defaults(1.0);
    static final Setting<Boolean> CYCLE = Setting.flag("cycle").defaults(false);
    static final Setting<String> NAME = Setting.text("name").defaults("PolynomialDecay").optional();
    static final ObjectType<PolynomialDecay> TYPE =
            ObjectType.of(
                    "keras.optimizers.schedules",
                    "PolynomialDecay",
                    PolynomialDecay::new,
                    INITIAL_LEARNING_RATE,
                    DECAY_STEPS,
                    END_LEARNING_RATE,
                    POWER,
                    CYCLE,
                    NAME);

    /** A schedule with what it requires. */
    public PolynomialDecay(double initialLearningRate, int decaySteps) {
        set(INITIAL_LEARNING_RATE, initialLearningRate);
        set(DECAY_STEPS, decaySteps);
    }

    private PolynomialDecay() {}

    private <T> PolynomialDecay with(Setting<T> setting, @Nullable T value) {
        set(setting, value);
        return this;
    }

    /** The learning rate at the end. */
    public PolynomialDecay endLearningRate(double endLearningRate) {
        return with(END_LEARNING_RATE, endLearningRate);
    }

    /** The power. */
    public PolynomialDecay power(double power) {
        return with(POWER, power);
    }

    /** Whether it starts anew, each time longer. */
    public PolynomialDecay cycle(boolean cycle) {
        return with(CYCLE, cycle);
    }

    /** The name. */
    public PolynomialDecay name(String name) {
        return with(NAME, name);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Tensor step) {
        var now = real(step);
        var steps = number(get(DECAY_STEPS));
        if (get(CYCLE)) {
            var rounds =
                    Elements.select(
                            Elements.equal(now, number(0)),
                            number(1),
                            Elements.ceil(now.div(steps)));
            steps = steps.times(rounds);
        } else {
            now = Elements.minimum(now, steps);
        }
        var end = number(get(END_LEARNING_RATE));
        var left = number(1).minus(now.div(steps));
        return number(get(INITIAL_LEARNING_RATE))
                .minus(end)
                .times(left.pow(number(get(POWER))))
                .plus(end);
    }
}
