package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Objects;

/** Adam without a schedule: an average of the iterates takes its place. */
public final class ScheduleFreeAdamW extends Optimizer.Of<ScheduleFreeAdamW> {
    static final Setting<Double> BETA_1 = Setting.number("beta_1").defaults(0.9).live();
    static final Setting<Double> BETA_2 = Setting.number("beta_2").defaults(0.999).live();
    static final Setting<Double> EPSILON = Setting.number("epsilon").defaults(1e-8).live();
    static final Setting<Integer> WARMUP_STEPS = Setting.integer("warmup_steps").defaults(0).live();
    static final ObjectType<ScheduleFreeAdamW> TYPE =
            ObjectType.of(
                            "keras.optimizers",
                            "ScheduleFreeAdamW",
                            ScheduleFreeAdamW::new,
                            BETA_1,
                            BETA_2,
                            EPSILON,
                            WARMUP_STEPS)
                    .withBase(base());

    private @Nullable Slots momenta;
    private @Nullable Slots velocities;

    /** With Keras' defaults. */
    public ScheduleFreeAdamW() {
        set(LEARNING_RATE, 0.0025);
    }

    /** The decay of the mean of gradients. */
    public ScheduleFreeAdamW beta1(double beta1) {
        return with(BETA_1, beta1);
    }

    /** The decay of the mean of squared gradients. */
    public ScheduleFreeAdamW beta2(double beta2) {
        return with(BETA_2, beta2);
    }

    /** Keeps the division finite. */
    public ScheduleFreeAdamW epsilon(double epsilon) {
        return with(EPSILON, epsilon);
    }

    /** Over how many steps the learning rate rises to its value. */
    public ScheduleFreeAdamW warmupSteps(int warmupSteps) {
        return with(WARMUP_STEPS, warmupSteps);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected void createSlots(List<Weight> weights) {
        var both = addSlots(weights, 0, "momentum", "velocity");
        momenta = both[0];
        velocities = both[1];
        weights.forEach(weight -> both[0].of(weight).assign(weight.value()));
    }

    @Override
    protected void updateStep(Tensor gradient, Weight weight, Tensor learningRate) {
        var step = step(weight.dtype());
        var one = Elements.weak(1.0, gradient);
        var beta2 = Elements.weak((double) get(BETA_2), gradient);
        if (get(WARMUP_STEPS) > 0) {
            learningRate =
                    learningRate.times(Elements.minimum(step.div((double) get(WARMUP_STEPS)), one));
        }
        var z = Objects.requireNonNull(momenta).of(weight);
        var v = Objects.requireNonNull(velocities).of(weight);
        v.assignAdd(gradient.square().minus(v).times(one.minus(beta2)));
        var size = v.div(one.minus(beta2.pow(step))).sqrt().plus(get(EPSILON));
        z.assignSub(learningRate.times(gradient).div(size));
        // The weight itself is the average of the iterates.
        var share = one.div(step);
        weight.assign(one.minus(share).times(weight).plus(share.times(z)));
    }
}
