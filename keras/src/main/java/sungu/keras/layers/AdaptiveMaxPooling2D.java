package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Windows;

/** The maximum of each of a given number of windows of an image, per channel. */
public final class AdaptiveMaxPooling2D extends AdaptivePooling<AdaptiveMaxPooling2D> {
    static final ObjectType<AdaptiveMaxPooling2D> TYPE =
            typed("AdaptiveMaxPooling2D", () -> new AdaptiveMaxPooling2D(), settings(2));

    /** That many windows; one number stands for all dimensions. */
    public AdaptiveMaxPooling2D(int... outputSize) {
        super(2, Windows::adaptiveMaxPool, outputSize);
    }

    @Override
    public ObjectType<AdaptiveMaxPooling2D> type() {
        return TYPE;
    }
}
