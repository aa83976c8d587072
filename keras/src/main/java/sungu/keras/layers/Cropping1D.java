package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** The middle of a sequence. */
public final class Cropping1D extends Cropping<Cropping1D> {
    static final ObjectType<Cropping1D> TYPE =
            typed("Cropping1D", () -> new Cropping1D(), CROPPING.get(0));

    /** How much is taken away: one number for both ends, or one for each; 1 unless given. */
    public Cropping1D(int... cropping) {
        super(1, cropping);
    }

    @Override
    public ObjectType<Cropping1D> type() {
        return TYPE;
    }

    @Override
    int firstAxis() {
        return 1;
    }
}
