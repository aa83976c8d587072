package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Objects;

/** Adam with steps as long as the weights are, for large batches. */
public final class Lamb extends Optimizer.Of<Lamb> {
    static final Setting<Double> BETA_1 = Setting.number("beta_1").defaults(0.9).live();
    static final Setting<Double> BETA_2 = Setting.number("beta_2").defaults(0.999).live();
    static final Setting<Double> EPSILON = Setting.number("epsilon").defaults(1e-7).live();
    static final ObjectType<Lamb> TYPE =
            ObjectType.of("keras.optimizers", "Lamb", Lamb::new, BETA_1, BETA_2, EPSILON)
                    .withBase(base());

    private @Nullable Slots momenta;
    private @Nullable Slots velocities;

    /** With Keras' defaults. */
    public Lamb() {}

    /** The decay of the mean of gradients. */
    public Lamb beta1(double beta1) {
        return with(BETA_1, beta1);
    }

    /** The decay of the mean of squared gradients. */
    public Lamb beta2(double beta2) {
        return with(BETA_2, beta2);
    }

    /** Keeps the division finite. */
    public Lamb epsilon(double epsilon) {
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
    }

    @Override
    protected void updateStep(Tensor gradient, Weight weight, Tensor learningRate) {
        var one = Elements.weak(1.0, gradient);
        var step = step(weight.dtype());
        var m = Objects.requireNonNull(momenta).of(weight);
        var v = Objects.requireNonNull(velocities).of(weight);
        m.assignAdd(gradient.minus(m).times(1 - get(BETA_1)));
        v.assignAdd(gradient.square().minus(v).times(1 - get(BETA_2)));
        var mean = m.div(one.minus(Elements.weak((double) get(BETA_1), gradient).pow(step)));
        var size =
                v.div(one.minus(Elements.weak((double) get(BETA_2), gradient).pow(step)))
                        .sqrt()
                        .plus(get(EPSILON));
        var update = mean.div(size);
        var weightLength = weight.square().sum().sqrt();
        var updateLength = update.square().sum().sqrt();
        var ratio =
                Elements.select(
                        Elements.and(weightLength.greater(0), updateLength.greater(0)),
                        weightLength.div(updateLength),
                        one);
        weight.assignSub(ratio.times(learningRate).times(update));
    }
}
