package sungu.keras.schedules;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

/** Half cosine waves, each longer than the one before. */
public final class CosineDecayRestarts extends LearningRateSchedule {
    static final Setting<Double> INITIAL_LEARNING_RATE = Setting.number("initial_learning_rate");
    static final Setting<Integer> FIRST_DECAY_STEPS =
            Setting.integer("first_decay_steps").positive();
    static final Setting<Double> T_MUL = Setting.number("t_mul").defaults(2.0);
    static final Setting<Double> M_MUL = Setting.number("m_mul").defaults(1.0);
    static final Setting<Double> ALPHA = Setting.number("alpha").defaults(0.0);
    static final Setting<String> NAME = Setting.text("name").defaults("SGDRDecay").optional();
    static final ObjectType<CosineDecayRestarts> TYPE =
            ObjectType.of(
                    "keras.optimizers.schedules",
                    "CosineDecayRestarts",
                    CosineDecayRestarts::new,
                    INITIAL_LEARNING_RATE,
                    FIRST_DECAY_STEPS,
                    T_MUL,
                    M_MUL,
                    ALPHA,
                    NAME);

    /** A schedule with what it requires. */
    public CosineDecayRestarts(double initialLearningRate, int firstDecaySteps) {
        set(INITIAL_LEARNING_RATE, initialLearningRate);
        set(FIRST_DECAY_STEPS, firstDecaySteps);
    }

    private CosineDecayRestarts() {}

    private <T> CosineDecayRestarts with(Setting<T> setting, @Nullable T value) {
        set(setting, value);
        return this;
    }

    /** How much longer each wave is. */
    public CosineDecayRestarts tMul(double tMul) {
        return with(T_MUL, tMul);
    }

    /** How much each wave starts higher. */
    public CosineDecayRestarts mMul(double mMul) {
        return with(M_MUL, mMul);
    }

    /** The share of the learning rate that is left at the end of a wave. */
    public CosineDecayRestarts alpha(double alpha) {
        return with(ALPHA, alpha);
    }

    /** The name. */
    public CosineDecayRestarts name(String name) {
        return with(NAME, name);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Tensor step) {
        var passed = real(step).div(number(get(FIRST_DECAY_STEPS)));
        var longer = number(get(T_MUL));
        Tensor wave;
        if (get(T_MUL) == 1) {
            wave = Elements.floor(passed);
            passed = passed.minus(wave);
        } else {
            // Waves begin at the partial sums of a geometric series.
            var one = number(1);
            wave =
                    Elements.floor(
                            one.minus(passed.times(one.minus(longer))).log().div(longer.log()));
            var power = longer.pow(wave);
            var begin = one.minus(power).div(one.minus(longer));
            passed = passed.minus(begin).div(power);
        }
        var height = number(get(M_MUL)).pow(wave).times(0.5);
        var cosine = height.times(Elements.cos(passed.times(Math.PI)).plus(1.0));
        var share = cosine.times(number(1).minus(number(get(ALPHA)))).plus(get(ALPHA));
        return number(get(INITIAL_LEARNING_RATE)).times(share);
    }
}
