package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.List;

/**
 * One step of a gated recurrent unit (Cho et al., 2014): {@code h' = z * h + (1 - z) * g}. The
 * reset gate acts on the product of the state with its weights or, without {@code resetAfter}, on
 * the state before that product.
 */
public final class GRUCell extends GatedCell<GRUCell> {
    static final Setting<Boolean> RESET_AFTER = Setting.flag("reset_after").defaults(true);
    static final ObjectType<GRUCell> TYPE =
            typed(
                    "GRUCell",
                    GRUCell::new,
                    UNITS,
                    ACTIVATION,
                    RECURRENT_ACTIVATION,
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
                    RESET_AFTER,
                    SEED);

    GRUCell() {
        super(3);
    }

    /** A cell with a state of that size. */
    public GRUCell(int units) {
        this();
        set(UNITS, units);
    }

    @Override
    public ObjectType<GRUCell> type() {
        return TYPE;
    }

    /** Whether the reset gate acts after the product with the state. */
    public GRUCell resetAfter(boolean on) {
        return with(RESET_AFTER, on);
    }

    /** With the reset after the product there is a bias for each of the two products. */
    @Override
    Shape biasShape() {
        var shape = super.biasShape();
        return get(RESET_AFTER) ? shape.insert(0, 2) : shape;
    }

    private @Nullable Tensor bias(int row) {
        return bias == null
                ? null
                : Movements.squeeze(Movements.sliceAxis(bias.value(), 0, row, row + 1), 0);
    }

    @Override
    @Nullable Tensor inputBias() {
        return get(RESET_AFTER) ? bias(0) : super.inputBias();
    }

    @Override
    Step step(Tensor x, Tensors states, Weights weights) {
        var h = states.flat().getFirst();
        var open = get(RECURRENT_ACTIVATION);
        boolean after = get(RESET_AFTER);
        var inner = recurrent(h, weights, 0, after ? 3 : 2);
        var offset = after ? bias(1) : null;
        if (offset != null) {
            inner = inner.plus(offset);
        }
        var both = open.apply(gates(x, 0, 2).plus(after ? gates(inner, 0, 2) : inner));
        var update = gates(both, 0, 1);
        var reset = gates(both, 1, 2);
        var fromState =
                after ? reset.times(gates(inner, 2, 3)) : recurrent(reset.times(h), weights, 2, 3);
        var candidate = get(ACTIVATION).apply(gates(x, 2, 3).plus(fromState));
        var next = update.times(h).plus(update.unaryMinus().plus(1).times(candidate));
        return new Step(next, Tensors.of(List.of(next)));
    }
}
