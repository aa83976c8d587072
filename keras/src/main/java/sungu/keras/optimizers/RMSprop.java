package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Objects;

/** Gradients divided by a running mean of their size. */
public final class RMSprop extends Optimizer.Of<RMSprop> {
    static final Setting<Double> RHO = Setting.number("rho").defaults(0.9).live();
    static final Setting<Double> MOMENTUM = Setting.number("momentum").defaults(0.0);
    static final Setting<Double> EPSILON = Setting.number("epsilon").defaults(1e-7).live();
    static final Setting<Boolean> CENTERED = Setting.flag("centered").defaults(false);
    static final ObjectType<RMSprop> TYPE =
            ObjectType.of(
                            "keras.optimizers",
                            "RMSprop",
                            RMSprop::new,
                            RHO,
                            MOMENTUM,
                            EPSILON,
                            CENTERED)
                    .withBase(base());

    private @Nullable Slots velocities;
    private @Nullable Slots momenta;
    private @Nullable Slots means;

    /** With Keras' defaults. */
    public RMSprop() {}

    /** The decay of the mean of squared gradients. */
    public RMSprop rho(double rho) {
        return with(RHO, rho);
    }

    /** The share of the last step that goes into the next. */
    public RMSprop momentum(double momentum) {
        return with(MOMENTUM, momentum);
    }

    /** Keeps the division finite. */
    public RMSprop epsilon(double epsilon) {
        return with(EPSILON, epsilon);
    }

    /** Whether the variance is used instead of the mean of squares. */
    public RMSprop centered(boolean centered) {
        return with(CENTERED, centered);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected void createSlots(List<Weight> weights) {
        velocities = addSlots(weights, "velocity");
        if (get(MOMENTUM) > 0) {
            momenta = addSlots(weights, "momentum");
        }
        if (get(CENTERED)) {
            means = addSlots(weights, "average_gradient");
        }
    }

    @Override
    protected void updateStep(Tensor gradient, Weight weight, Tensor learningRate) {
        double rho = get(RHO);
        var v = Objects.requireNonNull(velocities).of(weight);
        v.assign(v.times(rho).plus(gradient.square().times(1 - rho)));
        var denominator = v.value();
        if (means != null) {
            var mean = means.of(weight);
            mean.assign(mean.times(rho).plus(gradient.times(1 - rho)));
            denominator = denominator.minus(mean.square());
        }
        var step = learningRate.times(gradient).div(denominator.plus(get(EPSILON)).sqrt());
        if (momenta == null) {
            weight.assignSub(step);
            return;
        }
        var m = momenta.of(weight);
        m.assign(m.times(get(MOMENTUM)).plus(step));
        weight.assignSub(m.value());
    }
}
