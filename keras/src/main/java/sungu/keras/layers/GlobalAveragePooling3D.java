package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Reductions;

/** The mean of each channel of a volume. */
public final class GlobalAveragePooling3D extends GlobalPooling<GlobalAveragePooling3D> {
    static final ObjectType<GlobalAveragePooling3D> TYPE =
            typed("GlobalAveragePooling3D", GlobalAveragePooling3D::new, DATA_FORMAT, KEEPDIMS);

    /** The mean of each channel. */
    public GlobalAveragePooling3D() {
        super(3, Reductions::mean);
    }

    @Override
    public ObjectType<GlobalAveragePooling3D> type() {
        return TYPE;
    }
}
