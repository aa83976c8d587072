package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Windows;

/** The mean of each of a given number of windows of a volume, per channel. */
public final class AdaptiveAveragePooling3D extends AdaptivePooling<AdaptiveAveragePooling3D> {
    static final ObjectType<AdaptiveAveragePooling3D> TYPE =
            typed("AdaptiveAveragePooling3D", () -> new AdaptiveAveragePooling3D(), settings(3));

    /** That many windows; one number stands for all dimensions. */
    public AdaptiveAveragePooling3D(int... outputSize) {
        super(3, Windows::adaptiveAveragePool, outputSize);
    }

    @Override
    public ObjectType<AdaptiveAveragePooling3D> type() {
        return TYPE;
    }
}
