package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Reductions;

/** The maximum of each channel of a volume. */
public final class GlobalMaxPooling3D extends GlobalPooling<GlobalMaxPooling3D> {
    static final ObjectType<GlobalMaxPooling3D> TYPE =
            typed("GlobalMaxPooling3D", GlobalMaxPooling3D::new, DATA_FORMAT, KEEPDIMS);

    /** The maximum of each channel. */
    public GlobalMaxPooling3D() {
        super(3, Reductions::max);
    }

    @Override
    public ObjectType<GlobalMaxPooling3D> type() {
        return TYPE;
    }
}
