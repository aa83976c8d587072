package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

import java.util.List;

/** Gradient descent, optionally with momentum. */
public final class SGD extends Optimizer.Of<SGD> {
    static final Setting<Double> MOMENTUM =
            Setting.number("momentum")
                    .defaults(0.0)
                    .check(m -> m >= 0 && m <= 1, "between 0 and 1");
    static final Setting<Boolean> NESTEROV = Setting.flag("nesterov").defaults(false).live();
    static final ObjectType<SGD> TYPE =
            ObjectType.of("keras.optimizers", "SGD", SGD::new, MOMENTUM, NESTEROV).withBase(base());

    private @Nullable Slots momenta;

    /** With Keras' defaults. */
    public SGD() {
        set(LEARNING_RATE, 0.01);
    }

    /** The share of the last step that goes into the next. */
    public SGD momentum(double momentum) {
        return with(MOMENTUM, momentum);
    }

    /** Whether the momentum is applied ahead of the gradient. */
    public SGD nesterov(boolean nesterov) {
        return with(NESTEROV, nesterov);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected void createSlots(List<Weight> weights) {
        if (get(MOMENTUM) != 0) {
            momenta = addSlots(weights, "momentum");
        }
    }

    @Override
    protected void updateStep(Tensor gradient, Weight weight, Tensor learningRate) {
        var step = gradient.times(learningRate);
        if (momenta == null) {
            weight.assignSub(step);
            return;
        }
        double momentum = get(MOMENTUM);
        var m = momenta.of(weight);
        m.assign(m.times(momentum).minus(step));
        weight.assignAdd(get(NESTEROV) ? m.times(momentum).minus(step) : m.value());
    }
}
