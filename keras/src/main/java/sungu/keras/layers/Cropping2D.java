package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** The middle of an image. */
public final class Cropping2D extends Cropping<Cropping2D> {
    static final ObjectType<Cropping2D> TYPE =
            typed("Cropping2D", () -> new Cropping2D(), CROPPING.get(1), DATA_FORMAT);

    /**
     * How much is taken away: one number for all ends, one per dimension for both its ends (rows,
     * columns), or top, bottom, left, right; 0 unless given.
     */
    public Cropping2D(int... cropping) {
        super(2, cropping);
    }

    @Override
    public ObjectType<Cropping2D> type() {
        return TYPE;
    }

    /** {@code channels_last} or {@code channels_first}. */
    public Cropping2D dataFormat(String format) {
        return with(DATA_FORMAT, format);
    }

    @Override
    int firstAxis() {
        return get(DATA_FORMAT).equals("channels_last") ? 1 : 2;
    }
}
