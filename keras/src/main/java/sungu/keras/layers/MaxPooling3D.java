package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Windows;

/** The maximum of each window of a volume, per channel. */
public final class MaxPooling3D extends Pooling<MaxPooling3D> {
    static final ObjectType<MaxPooling3D> TYPE =
            typed("MaxPooling3D", () -> new MaxPooling3D(), settings(Axes.THREE));

    /** Windows of this size, 2 unless given; one number stands for all dimensions. */
    public MaxPooling3D(int... poolSize) {
        super(Axes.THREE, Windows::maxPool, poolSize);
    }

    @Override
    public ObjectType<MaxPooling3D> type() {
        return TYPE;
    }
}
