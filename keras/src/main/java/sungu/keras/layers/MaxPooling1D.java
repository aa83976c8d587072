package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Windows;

/** The maximum of each window of a sequence, per channel. */
public final class MaxPooling1D extends Pooling<MaxPooling1D> {
    static final ObjectType<MaxPooling1D> TYPE =
            typed("MaxPooling1D", () -> new MaxPooling1D(), settings(Axes.ONE));

    /** Windows of this size, 2 unless given. */
    public MaxPooling1D(int... poolSize) {
        super(Axes.ONE, Windows::maxPool, poolSize);
    }

    @Override
    public ObjectType<MaxPooling1D> type() {
        return TYPE;
    }
}
