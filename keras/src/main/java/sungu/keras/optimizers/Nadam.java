package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Objects;

/** Adam with Nesterov momentum. */
public final class Nadam extends Optimizer.Of<Nadam> {
    static final Setting<Double> BETA_1 = Setting.number("beta_1").defaults(0.9).live();
    static final Setting<Double> BETA_2 = Setting.number("beta_2").defaults(0.999).live();
    static final Setting<Double> EPSILON = Setting.number("epsilon").defaults(1e-7).live();
    static final ObjectType<Nadam> TYPE =
            ObjectType.of("keras.optimizers", "Nadam", Nadam::new, BETA_1, BETA_2, EPSILON)
                    .withBase(base());

    private @Nullable Slots momenta;
    private @Nullable Slots velocities;
    private @Nullable Weight product;

    /** With Keras' defaults. */
    public Nadam() {}

    /** The decay of the mean of gradients. */
    public Nadam beta1(double beta1) {
        return with(BETA_1, beta1);
    }

    /** The decay of the mean of squared gradients. */
    public Nadam beta2(double beta2) {
        return with(BETA_2, beta2);
    }

    /** Keeps the division finite. */
    public Nadam epsilon(double epsilon) {
        return with(EPSILON, epsilon);
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
        product =
                addVariable(
                        Tensor.ones(
                                Shape.SCALAR,
                                weights.isEmpty() ? KerasConfig.floatx() : weights.get(0).dtype()),
                        "variable");
    }

    /** The momentum of a step, which rises from half of beta_1 to it. */
    private Tensor schedule(Tensor step) {
        return Elements.weak(1.0, step)
                .minus(Elements.weak(0.96, step).pow(step).times(0.5))
                .times(get(BETA_1));
    }

    @Override
    protected void beforeUpdates() {
        var soFar = Objects.requireNonNull(product);
        soFar.assign(soFar.times(schedule(step(soFar.dtype()))));
    }

    @Override
    protected void updateStep(Tensor gradient, Weight weight, Tensor learningRate) {
        var one = Elements.weak(1.0, gradient);
        var beta1 = Elements.weak((double) get(BETA_1), gradient);
        var beta2 = Elements.weak((double) get(BETA_2), gradient);
        var step = step(weight.dtype());
        var now = schedule(step);
        var next = schedule(step.plus(1.0));
        var soFar = Objects.requireNonNull(product).cast(weight.dtype());
        var m = Objects.requireNonNull(momenta).of(weight);
        var v = Objects.requireNonNull(velocities).of(weight);
        m.assignAdd(gradient.minus(m).times(one.minus(beta1)));
        v.assignAdd(gradient.square().minus(v).times(one.minus(beta2)));
        var mean =
                next.times(m)
                        .div(one.minus(soFar.times(next)))
                        .plus(one.minus(now).times(gradient).div(one.minus(soFar)));
        var size = v.div(one.minus(beta2.pow(step)));
        weight.assignSub(mean.times(learningRate).div(size.sqrt().plus(get(EPSILON))));
    }
}
