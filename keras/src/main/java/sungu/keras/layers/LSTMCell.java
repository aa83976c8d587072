package sungu.keras.layers;

import sungu.keras.Tensors;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.initializers.Initializer;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.List;

/**
 * One step of a long short-term memory (Hochreiter and Schmidhuber, 1997): {@code c' = f * c + i *
 * g} and {@code h' = o * tanh(c')}, where the gates i, f, g, o follow from the input and h.
 */
public final class LSTMCell extends GatedCell<LSTMCell> {
    static final Setting<Boolean> UNIT_FORGET_BIAS =
            Setting.flag("unit_forget_bias").defaults(true);
    static final ObjectType<LSTMCell> TYPE =
            typed(
                    "LSTMCell",
                    LSTMCell::new,
                    UNITS,
                    ACTIVATION,
                    RECURRENT_ACTIVATION,
                    USE_BIAS,
                    UNIT_FORGET_BIAS,
                    KERNEL.initializer(),
                    RECURRENT.initializer(),
                    BIAS.initializer(),
                    KERNEL.regularizer(),
                    RECURRENT.regularizer(),
                    BIAS.regularizer(),
                    KERNEL.constraint(),
                    RECURRENT.constraint(),
                    BIAS.constraint(),
                    DROPOUT,
                    RECURRENT_DROPOUT,
                    SEED);

    LSTMCell() {
        super(4);
    }

    /** A cell with states of that size. */
    public LSTMCell(int units) {
        this();
        set(UNITS, units);
    }

    @Override
    public ObjectType<LSTMCell> type() {
        return TYPE;
    }

    @Override
    public Tensors initialState(int rows) {
        return Tensors.of(List.of(zeros(rows), zeros(rows)));
    }

    /** The forget gate begins open: its bias is 1. */
    @Override
    Initializer biasInitializer() {
        var plain = super.biasInitializer();
        if (!get(UNIT_FORGET_BIAS)) {
            return plain;
        }
        int units = get(UNITS);
        return Initializer.of((shape, dtype) ->
                Movements.concat(
                        List.of(
                                plain.apply(Shape.of(units), dtype),
                                Tensor.ones(Shape.of(units), dtype),
                                plain.apply(Shape.of(2 * units), dtype)),
                        0));
    }

    @Override
    Step step(Tensor x, Tensors states, Weights weights) {
        var before = states.flat();
        var z = x.plus(recurrent(before.get(0), weights, 0, 4));
        var open = get(RECURRENT_ACTIVATION);
        var squash = get(ACTIVATION);
        var input = open.apply(gates(z, 0, 1));
        var forget = open.apply(gates(z, 1, 2));
        var candidate = squash.apply(gates(z, 2, 3));
        var output = open.apply(gates(z, 3, 4));
        var carry = forget.times(before.get(1)).plus(input.times(candidate));
        var h = output.times(squash.apply(carry));
        return new Step(h, Tensors.of(List.of(h, carry)));
    }
}
