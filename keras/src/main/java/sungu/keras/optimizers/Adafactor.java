package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Objects;

/** Adaptive steps with the memory of rows and columns instead of whole matrices. */
public final class Adafactor extends Optimizer.Of<Adafactor> {
    static final Setting<Double> BETA_2_DECAY =
            Setting.number("beta_2_decay").defaults(-0.8).live();
    static final Setting<Double> EPSILON_1 = Setting.number("epsilon_1").defaults(1e-30).live();
    static final Setting<Double> EPSILON_2 = Setting.number("epsilon_2").defaults(1e-3).live();
    static final Setting<Double> CLIP_THRESHOLD =
            Setting.number("clip_threshold").defaults(1.0).live();
    static final Setting<Boolean> RELATIVE_STEP =
            Setting.flag("relative_step").defaults(true).live();
    static final ObjectType<Adafactor> TYPE =
            ObjectType.of(
                            "keras.optimizers",
                            "Adafactor",
                            Adafactor::new,
                            BETA_2_DECAY,
                            EPSILON_1,
                            EPSILON_2,
                            CLIP_THRESHOLD,
                            RELATIVE_STEP)
                    .withBase(base());

    private @Nullable Slots rows;
    private @Nullable Slots columns;
    private @Nullable Slots velocities;

    /** With Keras' defaults. */
    public Adafactor() {}

    /** How the decay of the means approaches 1. */
    public Adafactor beta2Decay(double beta2Decay) {
        return with(BETA_2_DECAY, beta2Decay);
    }

    /** Keeps squared gradients from zero. */
    public Adafactor epsilon1(double epsilon1) {
        return with(EPSILON_1, epsilon1);
    }

    /** The least size of weights that steps are scaled by. */
    public Adafactor epsilon2(double epsilon2) {
        return with(EPSILON_2, epsilon2);
    }

    /** Where the size of an update is cut. */
    public Adafactor clipThreshold(double clipThreshold) {
        return with(CLIP_THRESHOLD, clipThreshold);
    }

    /** Whether the learning rate falls at least with the root of the step. */
    public Adafactor relativeStep(boolean relativeStep) {
        return with(RELATIVE_STEP, relativeStep);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected void createSlots(List<Weight> weights) {
        rows = new Slots();
        columns = new Slots();
        velocities = new Slots();
        for (var weight : weights) {
            var shape = weight.shape();
            if (shape.rank() >= 2) {
                rows.put(
                        weight,
                        addVariable(Tensor.zeros(shape.remove(-1), weight.dtype()), weight.name()));
                columns.put(
                        weight,
                        addVariable(Tensor.zeros(shape.remove(-2), weight.dtype()), weight.name()));
            }
            velocities.put(weight, addSlots(List.of(weight), "velocity").of(weight));
        }
    }

    @Override
    protected void updateStep(Tensor gradient, Weight weight, Tensor learningRate) {
        var one = Elements.weak(1.0, gradient);
        var step = step(weight.dtype());
        var bound = one.div(step.sqrt());
        // With or without relative_step: the step size never exceeds 1 / sqrt(step).
        var rate = Elements.minimum(learningRate, bound);
        var scale =
                Elements.maximum(
                                Elements.weak((double) get(EPSILON_2), gradient),
                                rms(weight.value()))
                        .times(rate);
        var squares = gradient.square().plus(get(EPSILON_1));
        var decay = one.minus(step.pow(get(BETA_2_DECAY)));
        var v = Objects.requireNonNull(velocities).of(weight);
        if (weight.rank() >= 2) {
            var r = Objects.requireNonNull(rows).of(weight);
            var c = Objects.requireNonNull(columns).of(weight);
            r.assign(decay.times(r).plus(one.minus(decay).times(squares.mean(-1))));
            c.assign(decay.times(c).plus(one.minus(decay).times(squares.mean(-2))));
            v.assign(
                    Movements.expandDims(r.div(Reductions.mean(r, true, -1)), -1)
                            .times(Movements.expandDims(c, -2)));
        } else {
            v.assign(decay.times(v).plus(one.minus(decay).times(squares)));
        }
        var update = gradient.div(v.sqrt());
        var cut = Elements.maximum(one, rms(update).div(get(CLIP_THRESHOLD)));
        weight.assignSub(scale.times(update.div(cut)));
    }

    private static Tensor rms(Tensor x) {
        return x.square().mean().sqrt();
    }
}
