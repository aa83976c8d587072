package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** Zeros around the steps of a sequence. */
public final class ZeroPadding1D extends ZeroPadding<ZeroPadding1D> {
    static final ObjectType<ZeroPadding1D> TYPE =
            typed("ZeroPadding1D", () -> new ZeroPadding1D(), settings(1));

    /** One number for both ends, or one for each; 1 unless given. */
    public ZeroPadding1D(int... padding) {
        super(1, padding);
    }

    @Override
    public ObjectType<ZeroPadding1D> type() {
        return TYPE;
    }
}
