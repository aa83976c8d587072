package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** A convolution over images of each channel by itself. */
public final class DepthwiseConv2D extends DepthwiseConvolution<DepthwiseConv2D> {
    static final ObjectType<DepthwiseConv2D> TYPE =
            typed("DepthwiseConv2D", DepthwiseConv2D::new, settings(Axes.TWO));

    private DepthwiseConv2D() {
        super(Axes.TWO);
    }

    /** A convolution with windows of that size; one number stands for all dimensions. */
    public DepthwiseConv2D(int... kernelSize) {
        this();
        set(axes.kernelSize(), Windowed.sizes(axes.count(), kernelSize));
    }

    @Override
    public ObjectType<DepthwiseConv2D> type() {
        return TYPE;
    }
}
