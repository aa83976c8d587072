package sungu.keras.initializers;

import java.util.List;
import sungu.keras.config.Catalogue;

/** The initializers by name. */
public final class Initializers {
    /** The classes by name. */
    public static final Catalogue CATALOGUE = Catalogue.of("initializer", List.of(), name -> switch (name) {
        default -> null;
    });

    private Initializers() {}

}
