package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** In training sets a share of the channels of images to zero. */
public final class SpatialDropout2D extends SpatialDropout<SpatialDropout2D> {
    static final ObjectType<SpatialDropout2D> TYPE =
            typed("SpatialDropout2D", SpatialDropout2D::new, RATE, SEED, DATA_FORMAT);

    private SpatialDropout2D() {
        super(2);
    }

    /** Sets this share of the channels to zero. */
    public SpatialDropout2D(double rate) {
        this();
        set(RATE, rate);
    }

    @Override
    public ObjectType<SpatialDropout2D> type() {
        return TYPE;
    }

    /** {@code channels_last} or {@code channels_first}. */
    public SpatialDropout2D dataFormat(String format) {
        return with(DATA_FORMAT, format);
    }

    @Override
    int channelAxis() {
        return get(DATA_FORMAT).equals("channels_last") ? -1 : 1;
    }
}
