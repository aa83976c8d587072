package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** In training sets a share of the channels of volumes to zero. */
public final class SpatialDropout3D extends SpatialDropout<SpatialDropout3D> {
    static final ObjectType<SpatialDropout3D> TYPE =
            typed("SpatialDropout3D", SpatialDropout3D::new, RATE, SEED, DATA_FORMAT);

    private SpatialDropout3D() {
        super(3);
    }

    /** Sets this share of the channels to zero. */
    public SpatialDropout3D(double rate) {
        this();
        set(RATE, rate);
    }

    @Override
    public ObjectType<SpatialDropout3D> type() {
        return TYPE;
    }

    /** {@code channels_last} or {@code channels_first}. */
    public SpatialDropout3D dataFormat(String format) {
        return with(DATA_FORMAT, format);
    }

    @Override
    int channelAxis() {
        return get(DATA_FORMAT).equals("channels_last") ? -1 : 1;
    }
}
