package sungu.keras.layers;

import java.util.List;
import sungu.keras.config.Catalogue;

/** The layers by name. */
public final class Layers {
    /** The classes by name. */
    public static final Catalogue CATALOGUE = Catalogue.of("layer", List.of("InputLayer"), name -> switch (name) {
        case "InputLayer" -> InputLayer.TYPE;
        default -> null;
    });

    private Layers() {}
}
