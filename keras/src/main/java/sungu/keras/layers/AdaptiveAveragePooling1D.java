package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Windows;

/** The mean of each of a given number of windows of a sequence, per channel. */
public final class AdaptiveAveragePooling1D extends AdaptivePooling<AdaptiveAveragePooling1D> {
    static final ObjectType<AdaptiveAveragePooling1D> TYPE =
            typed("AdaptiveAveragePooling1D", () -> new AdaptiveAveragePooling1D(), settings(1));

    /** That many windows. */
    public AdaptiveAveragePooling1D(int... outputSize) {
        super(1, Windows::adaptiveAveragePool, outputSize);
    }

    @Override
    public ObjectType<AdaptiveAveragePooling1D> type() {
        return TYPE;
    }
}
