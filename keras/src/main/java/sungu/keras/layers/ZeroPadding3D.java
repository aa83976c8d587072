package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** Zeros around a volume. */
public final class ZeroPadding3D extends ZeroPadding<ZeroPadding3D> {
    static final ObjectType<ZeroPadding3D> TYPE =
            typed("ZeroPadding3D", () -> new ZeroPadding3D(), settings(3));

    /**
     * One number for all ends, one per dimension for both its ends, or before and after for each
     * dimension; 1 unless given.
     */
    public ZeroPadding3D(int... padding) {
        super(3, padding);
    }

    @Override
    public ObjectType<ZeroPadding3D> type() {
        return TYPE;
    }
}
