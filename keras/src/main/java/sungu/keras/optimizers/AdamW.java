package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Objects;

/** Adam with weight decay. */
public final class AdamW extends Optimizer.Of<AdamW> {
    static final Setting<Double> BETA_1 = Setting.number("beta_1").defaults(0.9).live();
    static final Setting<Double> BETA_2 = Setting.number("beta_2").defaults(0.999).live();
    static final Setting<Double> EPSILON = Setting.number("epsilon").defaults(1e-7).live();
    static final Setting<Boolean> AMSGRAD = Setting.flag("amsgrad").defaults(false);
    static final ObjectType<AdamW> TYPE =
            ObjectType.of("keras.optimizers", "AdamW", AdamW::new, BETA_1, BETA_2, EPSILON, AMSGRAD)
                    .withBase(base());

    private @Nullable Slots momenta;
    private @Nullable Slots velocities;
    private @Nullable Slots hats;

    /** With Keras' defaults. */
    public AdamW() {
        set(WEIGHT_DECAY, 0.004);
    }

    /** The decay of the mean of gradients. */
    public AdamW beta1(double beta1) {
        return with(BETA_1, beta1);
    }

    /** The decay of the mean of squared gradients. */
    public AdamW beta2(double beta2) {
        return with(BETA_2, beta2);
    }

    /** Keeps the division finite. */
    public AdamW epsilon(double epsilon) {
        return with(EPSILON, epsilon);
    }

    /** Whether the largest size so far is used. */
    public AdamW amsgrad(boolean amsgrad) {
        return with(AMSGRAD, amsgrad);
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
        if (get(AMSGRAD)) {
            hats = addSlots(weights, "velocity_hat");
        }
    }

    @Override
    protected void configured() {
        super.configured();
        if (find(WEIGHT_DECAY) == null) {
            throw new sungu.tensor.TensorException(
                    "Argument `weight_decay` must be a float. Received: weight_decay=None");
        }
    }

    @Override
    protected void updateStep(Tensor gradient, Weight weight, Tensor learningRate) {
        var step = step(weight.dtype());
        var beta1 = Elements.weak((double) get(BETA_1), gradient);
        var beta2 = Elements.weak((double) get(BETA_2), gradient);
        var one = Elements.weak(1.0, gradient);
        var alpha =
                learningRate
                        .times(one.minus(beta2.pow(step)).sqrt())
                        .div(one.minus(beta1.pow(step)));
        var m = Objects.requireNonNull(momenta).of(weight);
        var v = Objects.requireNonNull(velocities).of(weight);
        m.assignAdd(gradient.minus(m).times(1 - get(BETA_1)));
        v.assignAdd(gradient.square().minus(v).times(1 - get(BETA_2)));
        var size = v.value();
        if (hats != null) {
            var hat = hats.of(weight);
            hat.assign(Elements.maximum(hat, v));
            size = hat.value();
        }
        weight.assignSub(m.times(alpha).div(size.sqrt().plus(get(EPSILON))));
    }
}
