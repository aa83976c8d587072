package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** A convolution over images of each channel by itself, then one over the channels. */
public final class SeparableConv2D extends SeparableConvolution<SeparableConv2D> {
    static final ObjectType<SeparableConv2D> TYPE =
            typed("SeparableConv2D", SeparableConv2D::new, settings(Axes.TWO));

    private SeparableConv2D() {
        super(Axes.TWO);
    }

    /** A convolution with that many filters of that size; one number stands for all dimensions. */
    public SeparableConv2D(int filters, int... kernelSize) {
        this();
        set(FILTERS, filters);
        set(axes.kernelSize(), Windowed.sizes(axes.count(), kernelSize));
    }

    @Override
    public ObjectType<SeparableConv2D> type() {
        return TYPE;
    }
}
