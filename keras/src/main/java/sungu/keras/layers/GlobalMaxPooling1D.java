package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Reductions;

/** The maximum of each channel of a sequence. */
public final class GlobalMaxPooling1D extends GlobalPooling<GlobalMaxPooling1D> {
    static final ObjectType<GlobalMaxPooling1D> TYPE =
            typed("GlobalMaxPooling1D", GlobalMaxPooling1D::new, DATA_FORMAT, KEEPDIMS);

    /** The maximum of each channel. */
    public GlobalMaxPooling1D() {
        super(1, Reductions::max);
    }

    @Override
    public ObjectType<GlobalMaxPooling1D> type() {
        return TYPE;
    }
}
