package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** A convolution over images: {@code activation(conv(x, kernel) + bias)}. */
public final class Conv2D extends PlainConvolution<Conv2D> {
    static final ObjectType<Conv2D> TYPE = typed("Conv2D", Conv2D::new, settings(Axes.TWO));

    private Conv2D() {
        super(Axes.TWO);
    }

    /** A convolution with that many filters of that size; one number stands for all dimensions. */
    public Conv2D(int filters, int... kernelSize) {
        this();
        set(FILTERS, filters);
        set(axes.kernelSize(), Windowed.sizes(axes.count(), kernelSize));
    }

    @Override
    public ObjectType<Conv2D> type() {
        return TYPE;
    }
}
