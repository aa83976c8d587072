package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Objects;

/** Steps as large as recent steps were, without a scale of their own. */
public final class Adadelta extends Optimizer.Of<Adadelta> {
    static final Setting<Double> RHO = Setting.number("rho").defaults(0.95).live();
    static final Setting<Double> EPSILON = Setting.number("epsilon").defaults(1e-7).live();
    static final ObjectType<Adadelta> TYPE =
            ObjectType.of("keras.optimizers", "Adadelta", Adadelta::new, RHO, EPSILON)
                    .withBase(base());

    private @Nullable Slots gradients;
    private @Nullable Slots deltas;

    /** With Keras' defaults. */
    public Adadelta() {}

    /** The decay of the running means. */
    public Adadelta rho(double rho) {
        return with(RHO, rho);
    }

    /** Keeps the division finite. */
    public Adadelta epsilon(double epsilon) {
        return with(EPSILON, epsilon);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected void createSlots(List<Weight> weights) {
        var both = addSlots(weights, 0, "accumulated_grad", "accumulated_delta_var");
        gradients = both[0];
        deltas = both[1];
    }

    @Override
    protected void updateStep(Tensor gradient, Weight weight, Tensor learningRate) {
        double rho = get(RHO);
        double epsilon = get(EPSILON);
        var squares = Objects.requireNonNull(gradients).of(weight);
        var steps = Objects.requireNonNull(deltas).of(weight);
        squares.assign(squares.times(rho).plus(gradient.square().times(1 - rho)));
        var delta =
                steps.plus(epsilon)
                        .sqrt()
                        .times(gradient)
                        .div(squares.plus(epsilon).sqrt())
                        .unaryMinus();
        steps.assign(steps.times(rho).plus(delta.square().times(1 - rho)));
        weight.assignAdd(learningRate.times(delta));
    }
}
