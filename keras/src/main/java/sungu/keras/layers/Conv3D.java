package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** A convolution over volumes: {@code activation(conv(x, kernel) + bias)}. */
public final class Conv3D extends PlainConvolution<Conv3D> {
    static final ObjectType<Conv3D> TYPE = typed("Conv3D", Conv3D::new, settings(Axes.THREE));

    private Conv3D() {
        super(Axes.THREE);
    }

    /** A convolution with that many filters of that size; one number stands for all dimensions. */
    public Conv3D(int filters, int... kernelSize) {
        this();
        set(FILTERS, filters);
        set(axes.kernelSize(), Windowed.sizes(axes.count(), kernelSize));
    }

    @Override
    public ObjectType<Conv3D> type() {
        return TYPE;
    }
}
