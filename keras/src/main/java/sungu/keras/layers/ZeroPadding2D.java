package sungu.keras.layers;

import sungu.keras.config.ObjectType;

/** Zeros around an image. */
public final class ZeroPadding2D extends ZeroPadding<ZeroPadding2D> {
    static final ObjectType<ZeroPadding2D> TYPE =
            typed("ZeroPadding2D", () -> new ZeroPadding2D(), settings(2));

    /**
     * One number for all ends, one per dimension for both its ends (rows, columns), or top, bottom,
     * left, right; 1 unless given.
     */
    public ZeroPadding2D(int... padding) {
        super(2, padding);
    }

    @Override
    public ObjectType<ZeroPadding2D> type() {
        return TYPE;
    }
}
