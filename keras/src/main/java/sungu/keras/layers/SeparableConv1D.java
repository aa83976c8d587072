package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** A convolution over sequences of each channel by itself, then one over the channels. */
public final class SeparableConv1D extends SeparableConvolution<SeparableConv1D> {
    static final ObjectType<SeparableConv1D> TYPE =
            typed("SeparableConv1D", SeparableConv1D::new, settings(Axes.ONE));

    private SeparableConv1D() {
        super(Axes.ONE);
    }

    /** A convolution with that many filters of that size. */
    public SeparableConv1D(int filters, int kernelSize) {
        this();
        set(FILTERS, filters);
        set(axes.kernelSize(), Windowed.sizes(axes.count(), kernelSize));
    }

    @Override
    public ObjectType<SeparableConv1D> type() {
        return TYPE;
    }
}
