package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** A transposed convolution over sequences, which makes them larger. */
public final class Conv1DTranspose extends TransposedConvolution<Conv1DTranspose> {
    static final ObjectType<Conv1DTranspose> TYPE =
            typed("Conv1DTranspose", Conv1DTranspose::new, settings(Axes.ONE));

    private Conv1DTranspose() {
        super(Axes.ONE);
    }

    /** A transposed convolution with that many filters of that size. */
    public Conv1DTranspose(int filters, int kernelSize) {
        this();
        set(FILTERS, filters);
        set(axes.kernelSize(), Windowed.sizes(axes.count(), kernelSize));
    }

    @Override
    public ObjectType<Conv1DTranspose> type() {
        return TYPE;
    }
}
