package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Objects;

/** Follow the regularized leader: sparse weights for wide linear models. */
public final class Ftrl extends Optimizer.Of<Ftrl> {
    static final Setting<Double> LEARNING_RATE_POWER =
            Setting.number("learning_rate_power")
                    .defaults(-0.5)
                    .check(power -> power <= 0, "negative or zero")
                    .live();
    static final Setting<Double> INITIAL_ACCUMULATOR_VALUE =
            Setting.number("initial_accumulator_value").defaults(0.1).nonNegative();
    static final Setting<Double> L1_REGULARIZATION_STRENGTH =
            Setting.number("l1_regularization_strength").defaults(0.0).nonNegative().live();
    static final Setting<Double> L2_REGULARIZATION_STRENGTH =
            Setting.number("l2_regularization_strength").defaults(0.0).nonNegative().live();
    static final Setting<Double> L2_SHRINKAGE_REGULARIZATION_STRENGTH =
            Setting.number("l2_shrinkage_regularization_strength")
                    .defaults(0.0)
                    .nonNegative()
                    .live();
    static final Setting<Double> BETA = Setting.number("beta").defaults(0.0).live();
    static final ObjectType<Ftrl> TYPE =
            ObjectType.of(
                            "keras.optimizers",
                            "Ftrl",
                            Ftrl::new,
                            LEARNING_RATE_POWER,
                            INITIAL_ACCUMULATOR_VALUE,
                            L1_REGULARIZATION_STRENGTH,
                            L2_REGULARIZATION_STRENGTH,
                            L2_SHRINKAGE_REGULARIZATION_STRENGTH,
                            BETA)
                    .withBase(base());

    private @Nullable Slots accumulators;
    private @Nullable Slots linears;

    /** With Keras' defaults. */
    public Ftrl() {}

    /** How the learning rate falls with the sum of squares; zero or less. */
    public Ftrl learningRatePower(double learningRatePower) {
        return with(LEARNING_RATE_POWER, learningRatePower);
    }

    /** What the sums of squares begin with. */
    public Ftrl initialAccumulatorValue(double initialAccumulatorValue) {
        return with(INITIAL_ACCUMULATOR_VALUE, initialAccumulatorValue);
    }

    /** The L1 penalty. */
    public Ftrl l1RegularizationStrength(double l1RegularizationStrength) {
        return with(L1_REGULARIZATION_STRENGTH, l1RegularizationStrength);
    }

    /** The L2 penalty. */
    public Ftrl l2RegularizationStrength(double l2RegularizationStrength) {
        return with(L2_REGULARIZATION_STRENGTH, l2RegularizationStrength);
    }

    /** An L2 penalty on magnitudes. */
    public Ftrl l2ShrinkageRegularizationStrength(double l2ShrinkageRegularizationStrength) {
        return with(L2_SHRINKAGE_REGULARIZATION_STRENGTH, l2ShrinkageRegularizationStrength);
    }

    /** The beta of the paper. */
    public Ftrl beta(double beta) {
        return with(BETA, beta);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected void createSlots(List<Weight> weights) {
        accumulators = new Slots();
        linears = new Slots();
        for (var weight : weights) {
            accumulators.put(
                    weight,
                    addSlots(List.of(weight), get(INITIAL_ACCUMULATOR_VALUE), "accumulator")[0].of(
                            weight));
            linears.put(weight, addSlots(List.of(weight), "linear").of(weight));
        }
    }

    @Override
    protected void updateStep(Tensor gradient, Weight weight, Tensor learningRate) {
        var squares = Objects.requireNonNull(accumulators).of(weight);
        var linear = Objects.requireNonNull(linears).of(weight);
        double power = -get(LEARNING_RATE_POWER);
        double l1 = get(L1_REGULARIZATION_STRENGTH);
        var l2 =
                Elements.weak((double) get(BETA), gradient)
                        .div(learningRate.times(2.0))
                        .plus(get(L2_REGULARIZATION_STRENGTH));
        var shrunk = gradient.plus(weight.times(2 * get(L2_SHRINKAGE_REGULARIZATION_STRENGTH)));
        var sum = squares.plus(gradient.square());
        linear.assignAdd(
                shrunk.minus(
                        sum.pow(power).minus(squares.pow(power)).div(learningRate).times(weight)));
        var quadratic = sum.pow(power).div(learningRate).plus(l2.times(2.0));
        var clipped =
                Elements.clip(linear, Elements.weak(-l1, gradient), Elements.weak(l1, gradient));
        weight.assign(clipped.minus(linear).div(quadratic));
        squares.assign(sum);
    }
}
