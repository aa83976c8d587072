package sungu.keras.layers;

import sungu.keras.Tensors;
import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

import java.util.List;

/** One step of a fully connected recurrence: {@code h' = tanh(x . W + h . U + b)}. */
public final class SimpleRNNCell extends GatedCell<SimpleRNNCell> {
    static final ObjectType<SimpleRNNCell> TYPE =
            typed(
                    "SimpleRNNCell",
                    SimpleRNNCell::new,
                    UNITS,
                    ACTIVATION,
                    USE_BIAS,
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

    SimpleRNNCell() {
        super(1);
    }

    /** A cell with a state of that size. */
    public SimpleRNNCell(int units) {
        this();
        set(UNITS, units);
    }

    @Override
    public ObjectType<SimpleRNNCell> type() {
        return TYPE;
    }

    @Override
    Step step(Tensor x, Tensors states, Weights weights) {
        var product = recurrent(states.flat().getFirst(), weights, 0, 1);
        var h = get(ACTIVATION).apply(x.plus(product));
        return new Step(h, Tensors.of(List.of(h)));
    }
}
