package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Windows;

/** The mean of each window of a sequence, per channel. */
public final class AveragePooling1D extends Pooling<AveragePooling1D> {
    static final ObjectType<AveragePooling1D> TYPE =
            typed("AveragePooling1D", () -> new AveragePooling1D(), settings(Axes.ONE));

    /** Windows of this size, 2 unless given. */
    public AveragePooling1D(int... poolSize) {
        super(Axes.ONE, Windows::averagePool, poolSize);
    }

    @Override
    public ObjectType<AveragePooling1D> type() {
        return TYPE;
    }
}
