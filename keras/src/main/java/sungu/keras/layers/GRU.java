package sungu.keras.layers;

import sungu.keras.activations.Activation;
import sungu.keras.activations.Activations;
import sungu.keras.config.ObjectType;

/** A gated recurrent unit over sequences; see {@link GRUCell}. */
public final class GRU extends GatedLayer<GRU> {
    static final ObjectType<GRU> TYPE =
            typed(
                    "GRU",
                    GRU::new,
                    recurrent(
                            GatedCell.UNITS,
                            GatedCell.ACTIVATION,
                            GatedCell.RECURRENT_ACTIVATION,
                            GatedCell.USE_BIAS,
                            GatedCell.KERNEL.initializer(),
                            GatedCell.RECURRENT.initializer(),
                            GatedCell.BIAS.initializer(),
                            GatedCell.KERNEL.regularizer(),
                            GatedCell.RECURRENT.regularizer(),
                            GatedCell.BIAS.regularizer(),
                            ACTIVITY_REGULARIZER,
                            GatedCell.KERNEL.constraint(),
                            GatedCell.RECURRENT.constraint(),
                            GatedCell.BIAS.constraint(),
                            GatedCell.DROPOUT,
                            GatedCell.RECURRENT_DROPOUT,
                            GRUCell.RESET_AFTER,
                            RandomLayer.SEED));

    private GRU() {}

    /** A layer with outputs of that size. */
    public GRU(int units) {
        set(GatedCell.UNITS, units);
    }

    @Override
    public ObjectType<GRU> type() {
        return TYPE;
    }

    /** The activation of the gates by name, such as {@code sigmoid}. */
    public GRU recurrentActivation(String function) {
        return with(GatedCell.RECURRENT_ACTIVATION, Activations.of(function));
    }

    /** The activation of the gates. */
    public GRU recurrentActivation(Activation function) {
        return with(GatedCell.RECURRENT_ACTIVATION, function);
    }

    /** Whether the reset gate acts after the product with the state. */
    public GRU resetAfter(boolean on) {
        return with(GRUCell.RESET_AFTER, on);
    }

    @Override
    GRUCell makeCell() {
        return new GRUCell();
    }
}
