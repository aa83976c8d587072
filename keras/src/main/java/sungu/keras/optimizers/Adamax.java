package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Objects;

/** Adam with the largest gradient instead of the mean of squares. */
public final class Adamax extends Optimizer.Of<Adamax> {
    static final Setting<Double> BETA_1 = Setting.number("beta_1").defaults(0.9).live();
    static final Setting<Double> BETA_2 = Setting.number("beta_2").defaults(0.999).live();
    static final Setting<Double> EPSILON = Setting.number("epsilon").defaults(1e-7).live();
    static final ObjectType<Adamax> TYPE =
            ObjectType.of("keras.optimizers", "Adamax", Adamax::new, BETA_1, BETA_2, EPSILON)
                    .withBase(base());

    private @Nullable Slots momenta;
    private @Nullable Slots norms;

    /** With Keras' defaults. */
    public Adamax() {}

    /** The decay of the mean of gradients. */
    public Adamax beta1(double beta1) {
        return with(BETA_1, beta1);
    }

    /** The decay of the largest gradient. */
    public Adamax beta2(double beta2) {
        return with(BETA_2, beta2);
    }

    /** Keeps the division finite. */
    public Adamax epsilon(double epsilon) {
        return with(EPSILON, epsilon);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected void createSlots(List<Weight> weights) {
        var both = addSlots(weights, 0, "momentum", "norm");
        momenta = both[0];
        norms = both[1];
    }

    @Override
    protected void updateStep(Tensor gradient, Weight weight, Tensor learningRate) {
        var beta1 = Elements.weak((double) get(BETA_1), gradient);
        var m = Objects.requireNonNull(momenta).of(weight);
        var u = Objects.requireNonNull(norms).of(weight);
        m.assignAdd(gradient.minus(m).times(1 - get(BETA_1)));
        u.assign(Elements.maximum(u.times(get(BETA_2)), gradient.abs()));
        var correction = Elements.weak(1.0, gradient).minus(beta1.pow(step(weight.dtype())));
        weight.assignSub(learningRate.times(m).div(correction.times(u.plus(get(EPSILON)))));
    }
}
