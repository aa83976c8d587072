package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/**
 * A convolution over sequences: {@code activation(conv(x, kernel) + bias)}. Its padding may be
 * {@code causal}, too: no output sees a later input.
 */
public final class Conv1D extends PlainConvolution<Conv1D> {
    static final ObjectType<Conv1D> TYPE = typed("Conv1D", Conv1D::new, settings(Axes.ONE));

    private Conv1D() {
        super(Axes.ONE);
    }

    /** A convolution with that many filters of that size. */
    public Conv1D(int filters, int kernelSize) {
        this();
        set(FILTERS, filters);
        set(axes.kernelSize(), Windowed.sizes(axes.count(), kernelSize));
    }

    @Override
    public ObjectType<Conv1D> type() {
        return TYPE;
    }
}
