package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Windows;

/** The mean of each window of a volume, per channel. */
public final class AveragePooling3D extends Pooling<AveragePooling3D> {
    static final ObjectType<AveragePooling3D> TYPE =
            typed("AveragePooling3D", () -> new AveragePooling3D(), settings(Axes.THREE));

    /** Windows of this size, 2 unless given; one number stands for all dimensions. */
    public AveragePooling3D(int... poolSize) {
        super(Axes.THREE, Windows::averagePool, poolSize);
    }

    @Override
    public ObjectType<AveragePooling3D> type() {
        return TYPE;
    }
}
