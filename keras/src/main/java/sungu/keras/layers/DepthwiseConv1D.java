package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** A convolution over sequences of each channel by itself. */
public final class DepthwiseConv1D extends DepthwiseConvolution<DepthwiseConv1D> {
    static final ObjectType<DepthwiseConv1D> TYPE =
            typed("DepthwiseConv1D", DepthwiseConv1D::new, settings(Axes.ONE));

    private DepthwiseConv1D() {
        super(Axes.ONE);
    }

    /** A convolution with windows of that size. */
    public DepthwiseConv1D(int kernelSize) {
        this();
        set(axes.kernelSize(), Windowed.sizes(axes.count(), kernelSize));
    }

    @Override
    public ObjectType<DepthwiseConv1D> type() {
        return TYPE;
    }
}
