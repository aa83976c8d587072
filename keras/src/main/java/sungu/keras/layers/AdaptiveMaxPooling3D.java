package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Windows;

/** The maximum of each of a given number of windows of a volume, per channel. */
public final class AdaptiveMaxPooling3D extends AdaptivePooling<AdaptiveMaxPooling3D> {
    static final ObjectType<AdaptiveMaxPooling3D> TYPE =
            typed("AdaptiveMaxPooling3D", () -> new AdaptiveMaxPooling3D(), settings(3));

    /** That many windows; one number stands for all dimensions. */
    public AdaptiveMaxPooling3D(int... outputSize) {
        super(3, Windows::adaptiveMaxPool, outputSize);
    }

    @Override
    public ObjectType<AdaptiveMaxPooling3D> type() {
        return TYPE;
    }
}
