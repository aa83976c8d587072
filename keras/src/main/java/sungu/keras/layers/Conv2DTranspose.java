package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** A transposed convolution over images, which makes them larger. */
public final class Conv2DTranspose extends TransposedConvolution<Conv2DTranspose> {
    static final ObjectType<Conv2DTranspose> TYPE =
            typed("Conv2DTranspose", Conv2DTranspose::new, settings(Axes.TWO));

    private Conv2DTranspose() {
        super(Axes.TWO);
    }

    /**
     * A transposed convolution with that many filters of that size; one number stands for all
     * dimensions.
     */
    public Conv2DTranspose(int filters, int... kernelSize) {
        this();
        set(FILTERS, filters);
        set(axes.kernelSize(), Windowed.sizes(axes.count(), kernelSize));
    }

    @Override
    public ObjectType<Conv2DTranspose> type() {
        return TYPE;
    }
}
