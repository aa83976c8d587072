package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** The middle of a volume. */
public final class Cropping3D extends Cropping<Cropping3D> {
    static final ObjectType<Cropping3D> TYPE =
            typed("Cropping3D", () -> new Cropping3D(), CROPPING.get(2), DATA_FORMAT);

    /**
     * How much is taken away: one number for all ends, one per dimension for both its ends, or
     * before and after for each dimension; 1 unless given.
     */
    public Cropping3D(int... cropping) {
        super(3, cropping);
    }

    @Override
    public ObjectType<Cropping3D> type() {
        return TYPE;
    }

    /** {@code channels_last} or {@code channels_first}. */
    public Cropping3D dataFormat(String format) {
        return with(DATA_FORMAT, format);
    }

    @Override
    int firstAxis() {
        return get(DATA_FORMAT).equals("channels_last") ? 1 : 2;
    }
}
