package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Reductions;

/** The mean of each channel of an image. */
public final class GlobalAveragePooling2D extends GlobalPooling<GlobalAveragePooling2D> {
    static final ObjectType<GlobalAveragePooling2D> TYPE =
            typed("GlobalAveragePooling2D", GlobalAveragePooling2D::new, DATA_FORMAT, KEEPDIMS);

    /** The mean of each channel. */
    public GlobalAveragePooling2D() {
        super(2, Reductions::mean);
    }

    @Override
    public ObjectType<GlobalAveragePooling2D> type() {
        return TYPE;
    }
}
