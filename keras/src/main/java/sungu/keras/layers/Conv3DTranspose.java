package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** A transposed convolution over volumes, which makes them larger. */
public final class Conv3DTranspose extends TransposedConvolution<Conv3DTranspose> {
    static final ObjectType<Conv3DTranspose> TYPE =
            typed("Conv3DTranspose", Conv3DTranspose::new, settings(Axes.THREE));

    private Conv3DTranspose() {
        super(Axes.THREE);
    }

    /**
     * A transposed convolution with that many filters of that size; one number stands for all
     * dimensions.
     */
    public Conv3DTranspose(int filters, int... kernelSize) {
        this();
        set(FILTERS, filters);
        set(axes.kernelSize(), Windowed.sizes(axes.count(), kernelSize));
    }

    @Override
    public ObjectType<Conv3DTranspose> type() {
        return TYPE;
    }
}
