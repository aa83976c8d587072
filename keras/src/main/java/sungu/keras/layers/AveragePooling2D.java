package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Windows;

/** The mean of each window of an image, per channel. */
public final class AveragePooling2D extends Pooling<AveragePooling2D> {
    static final ObjectType<AveragePooling2D> TYPE =
            typed("AveragePooling2D", () -> new AveragePooling2D(), settings(Axes.TWO));

    /** Windows of this size, 2 unless given; one number stands for all dimensions. */
    public AveragePooling2D(int... poolSize) {
        super(Axes.TWO, Windows::averagePool, poolSize);
    }

    @Override
    public ObjectType<AveragePooling2D> type() {
        return TYPE;
    }
}
