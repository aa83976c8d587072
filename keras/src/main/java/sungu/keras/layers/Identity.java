package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** The input as it is. */
public final class Identity extends Layer.Of<Identity> {
    static final ObjectType<Identity> TYPE = typed("Identity", Identity::new);

    /** The input as it is. */
    public Identity() {
        supportsMasking(true);
    }

    @Override
    public ObjectType<Identity> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return input;
    }
}
