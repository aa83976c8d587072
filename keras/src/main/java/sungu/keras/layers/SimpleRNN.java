package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** A fully connected recurrence over sequences; see {@link SimpleRNNCell}. */
public final class SimpleRNN extends GatedLayer<SimpleRNN> {
    static final ObjectType<SimpleRNN> TYPE =
            typed(
                    "SimpleRNN",
                    SimpleRNN::new,
                    recurrent(
                            GatedCell.UNITS,
                            GatedCell.ACTIVATION,
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
                            GatedCell.RECURRENT_DROPOUT));

    private SimpleRNN() {}

    /** A layer with outputs of that size. */
    public SimpleRNN(int units) {
        set(GatedCell.UNITS, units);
    }

    @Override
    public ObjectType<SimpleRNN> type() {
        return TYPE;
    }

    @Override
    SimpleRNNCell makeCell() {
        return new SimpleRNNCell();
    }
}
