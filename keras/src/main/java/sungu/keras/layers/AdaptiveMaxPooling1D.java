package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.ops.Windows;

/** The maximum of each of a given number of windows of a sequence, per channel. */
public final class AdaptiveMaxPooling1D extends AdaptivePooling<AdaptiveMaxPooling1D> {
    static final ObjectType<AdaptiveMaxPooling1D> TYPE =
            typed("AdaptiveMaxPooling1D", () -> new AdaptiveMaxPooling1D(), settings(1));

    /** That many windows. */
    public AdaptiveMaxPooling1D(int... outputSize) {
        super(1, Windows::adaptiveMaxPool, outputSize);
    }

    @Override
    public ObjectType<AdaptiveMaxPooling1D> type() {
        return TYPE;
    }
}
