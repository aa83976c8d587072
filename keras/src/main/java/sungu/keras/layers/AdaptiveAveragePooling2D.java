package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Windows;

/** The mean of each of a given number of windows of an image, per channel. */
public final class AdaptiveAveragePooling2D extends AdaptivePooling<AdaptiveAveragePooling2D> {
    static final ObjectType<AdaptiveAveragePooling2D> TYPE =
            typed("AdaptiveAveragePooling2D", () -> new AdaptiveAveragePooling2D(), settings(2));

    /** That many windows; one number stands for all dimensions. */
    public AdaptiveAveragePooling2D(int... outputSize) {
        super(2, Windows::adaptiveAveragePool, outputSize);
    }

    @Override
    public ObjectType<AdaptiveAveragePooling2D> type() {
        return TYPE;
    }
}
