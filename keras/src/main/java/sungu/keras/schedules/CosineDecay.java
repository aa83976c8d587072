package sungu.keras.schedules;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

/** Half a cosine wave from initial to alpha * initial, after an optional linear warm-up. */
public final class CosineDecay extends LearningRateSchedule {
    static final Setting<Double> INITIAL_LEARNING_RATE = Setting.number("initial_learning_rate");
    static final Setting<Integer> DECAY_STEPS = Setting.integer("decay_steps").positive();
    static final Setting<Double> ALPHA = Setting.number("alpha").defaults(0.0);
    static final Setting<String> NAME = Setting.text("name").defaults("CosineDecay").optional();
    static final Setting<Double> WARMUP_TARGET = Setting.number("warmup_target").optional();
    static final Setting<Integer> WARMUP_STEPS = Setting.integer("warmup_steps").defaults(0);
    static final ObjectType<CosineDecay> TYPE =
            ObjectType.of(
                    "keras.optimizers.schedules",
                    "CosineDecay",
                    CosineDecay::new,
                    INITIAL_LEARNING_RATE,
                    DECAY_STEPS,
                    ALPHA,
                    NAME,
                    WARMUP_TARGET,
                    WARMUP_STEPS);

    /** A schedule with what it requires. */
    public CosineDecay(double initialLearningRate, int decaySteps) {
        set(INITIAL_LEARNING_RATE, initialLearningRate);
        set(DECAY_STEPS, decaySteps);
    }

    private CosineDecay() {}

    private <T> CosineDecay with(Setting<T> setting, @Nullable T value) {
        set(setting, value);
        return this;
    }

    /** The share of the learning rate that is left at the end. */
    public CosineDecay alpha(double alpha) {
        return with(ALPHA, alpha);
    }

    /** The name. */
    public CosineDecay name(String name) {
        return with(NAME, name);
    }

    /** The learning rate at the end of the warm-up; no warm-up unless set. */
    public CosineDecay warmupTarget(double warmupTarget) {
        return with(WARMUP_TARGET, warmupTarget);
    }

    /** The steps of the warm-up. */
    public CosineDecay warmupSteps(int warmupSteps) {
        return with(WARMUP_STEPS, warmupSteps);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Tensor step) {
        var now = real(step);
        var steps = number(get(DECAY_STEPS));
        var initial = number(get(INITIAL_LEARNING_RATE));
        var target = find(WARMUP_TARGET);
        if (target == null) {
            return cosine(Elements.minimum(now, steps).div(steps)).times(initial);
        }
        var warmup = number(get(WARMUP_STEPS));
        var top = number(target);
        now = Elements.minimum(now, steps.plus(warmup));
        var rising = top.minus(initial).times(now.div(warmup)).plus(initial);
        var falling = cosine(now.minus(warmup).div(steps)).times(top);
        return Elements.select(Elements.less(now, warmup), rising, falling);
    }

    private Tensor cosine(Tensor passed) {
        var wave = Elements.cos(passed.times(Math.PI)).plus(1.0).times(0.5);
        return wave.times(1 - get(ALPHA)).plus(get(ALPHA));
    }
}
