package sungu.keras.layers;

import sungu.keras.activations.Activation;
import sungu.keras.activations.Activations;
import sungu.keras.config.ObjectType;

/** A long short-term memory over sequences; see {@link LSTMCell}. */
public final class LSTM extends GatedLayer<LSTM> {
    static final ObjectType<LSTM> TYPE =
            typed(
                    "LSTM",
                    LSTM::new,
                    recurrent(
                            GatedCell.UNITS,
                            GatedCell.ACTIVATION,
                            GatedCell.RECURRENT_ACTIVATION,
                            GatedCell.USE_BIAS,
                            GatedCell.KERNEL.initializer(),
                            GatedCell.RECURRENT.initializer(),
                            GatedCell.BIAS.initializer(),
                            LSTMCell.UNIT_FORGET_BIAS,
                            GatedCell.KERNEL.regularizer(),
                            GatedCell.RECURRENT.regularizer(),
                            GatedCell.BIAS.regularizer(),
                            ACTIVITY_REGULARIZER,
                            GatedCell.KERNEL.constraint(),
                            GatedCell.RECURRENT.constraint(),
                            GatedCell.BIAS.constraint(),
                            GatedCell.DROPOUT,
                            GatedCell.RECURRENT_DROPOUT,
                            RandomLayer.SEED));

    private LSTM() {}

    /** A layer with outputs of that size. */
    public LSTM(int units) {
        set(GatedCell.UNITS, units);
    }

    @Override
    public ObjectType<LSTM> type() {
        return TYPE;
    }

    /** The activation of the gates by name, such as {@code sigmoid}. */
    public LSTM recurrentActivation(String function) {
        return with(GatedCell.RECURRENT_ACTIVATION, Activations.of(function));
    }

    /** The activation of the gates. */
    public LSTM recurrentActivation(Activation function) {
        return with(GatedCell.RECURRENT_ACTIVATION, function);
    }

    /** Whether the bias of the forget gate begins as 1. */
    public LSTM unitForgetBias(boolean on) {
        return with(LSTMCell.UNIT_FORGET_BIAS, on);
    }

    @Override
    LSTMCell makeCell() {
        return new LSTMCell();
    }
}
