package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** In training sets a share of the channels of sequences to zero. */
public final class SpatialDropout1D extends SpatialDropout<SpatialDropout1D> {
    static final ObjectType<SpatialDropout1D> TYPE =
            typed("SpatialDropout1D", SpatialDropout1D::new, RATE, SEED);

    private SpatialDropout1D() {
        super(1);
    }

    /** Sets this share of the channels to zero. */
    public SpatialDropout1D(double rate) {
        this();
        set(RATE, rate);
    }

    @Override
    public ObjectType<SpatialDropout1D> type() {
        return TYPE;
    }

    @Override
    int channelAxis() {
        return -1;
    }
}
