package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Objects;

/** Gradients divided by the root of the sum of all their squares. */
public final class Adagrad extends Optimizer.Of<Adagrad> {
    static final Setting<Double> INITIAL_ACCUMULATOR_VALUE =
            Setting.number("initial_accumulator_value").defaults(0.1);
    static final Setting<Double> EPSILON = Setting.number("epsilon").defaults(1e-7).live();
    static final ObjectType<Adagrad> TYPE =
            ObjectType.of(
                            "keras.optimizers",
                            "Adagrad",
                            Adagrad::new,
                            INITIAL_ACCUMULATOR_VALUE,
                            EPSILON)
                    .withBase(base());

    private @Nullable Slots accumulators;

    /** With Keras' defaults. */
    public Adagrad() {}

    /** What the sums of squares begin with. */
    public Adagrad initialAccumulatorValue(double initialAccumulatorValue) {
        return with(INITIAL_ACCUMULATOR_VALUE, initialAccumulatorValue);
    }

    /** Keeps the division finite. */
    public Adagrad epsilon(double epsilon) {
        return with(EPSILON, epsilon);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected void createSlots(List<Weight> weights) {
        accumulators = addSlots(weights, get(INITIAL_ACCUMULATOR_VALUE), "accumulator")[0];
    }

    @Override
    protected void updateStep(Tensor gradient, Weight weight, Tensor learningRate) {
        var squares = Objects.requireNonNull(accumulators).of(weight);
        squares.assignAdd(gradient.square());
        weight.assignSub(learningRate.times(gradient).div(squares.plus(get(EPSILON)).sqrt()));
    }
}
