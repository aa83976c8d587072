package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Windows;

/** The maximum of each window of an image, per channel. */
public final class MaxPooling2D extends Pooling<MaxPooling2D> {
    static final ObjectType<MaxPooling2D> TYPE =
            typed("MaxPooling2D", () -> new MaxPooling2D(), settings(Axes.TWO));

    /** Windows of this size, 2 unless given; one number stands for all dimensions. */
    public MaxPooling2D(int... poolSize) {
        super(Axes.TWO, Windows::maxPool, poolSize);
    }

    @Override
    public ObjectType<MaxPooling2D> type() {
        return TYPE;
    }
}
