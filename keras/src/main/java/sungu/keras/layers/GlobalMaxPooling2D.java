package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Reductions;

/** The maximum of each channel of an image. */
public final class GlobalMaxPooling2D extends GlobalPooling<GlobalMaxPooling2D> {
    static final ObjectType<GlobalMaxPooling2D> TYPE =
            typed("GlobalMaxPooling2D", GlobalMaxPooling2D::new, DATA_FORMAT, KEEPDIMS);

    /** The maximum of each channel. */
    public GlobalMaxPooling2D() {
        super(2, Reductions::max);
    }

    @Override
    public ObjectType<GlobalMaxPooling2D> type() {
        return TYPE;
    }
}
