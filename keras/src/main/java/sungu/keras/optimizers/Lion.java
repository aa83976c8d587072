package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Objects;

/** Steps of one size in the direction of the sign of a mean of gradients. */
public final class Lion extends Optimizer.Of<Lion> {
    static final Setting<Double> BETA_1 =
            Setting.number("beta_1")
                    .defaults(0.9)
                    .check(beta -> beta > 0 && beta <= 1, "in the ]0, 1] range")
                    .live();
    static final Setting<Double> BETA_2 = Setting.number("beta_2").defaults(0.99).live();
    static final ObjectType<Lion> TYPE =
            ObjectType.of("keras.optimizers", "Lion", Lion::new, BETA_1, BETA_2).withBase(base());

    private @Nullable Slots momenta;

    /** With Keras' defaults. */
    public Lion() {}

    /** The share of the mean in the direction. */
    public Lion beta1(double beta1) {
        return with(BETA_1, beta1);
    }

    /** The decay of the mean. */
    public Lion beta2(double beta2) {
        return with(BETA_2, beta2);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected void createSlots(List<Weight> weights) {
        momenta = addSlots(weights, "momentum");
    }

    @Override
    protected void updateStep(Tensor gradient, Weight weight, Tensor learningRate) {
        var one = Elements.weak(1.0, gradient);
        var beta1 = Elements.weak((double) get(BETA_1), gradient);
        var beta2 = Elements.weak((double) get(BETA_2), gradient);
        var m = Objects.requireNonNull(momenta).of(weight);
        weight.assignSub(
                learningRate.times(
                        Elements.sign(m.times(beta1).plus(gradient.times(one.minus(beta1))))));
        m.assign(m.times(beta2).plus(gradient.times(one.minus(beta2))));
    }
}
