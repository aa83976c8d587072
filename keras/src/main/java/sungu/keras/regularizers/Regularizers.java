package sungu.keras.regularizers;

import java.util.List;
import sungu.keras.config.Catalogue;

/** The regularizers by name. */
public final class Regularizers {
    /** The classes by name. */
    public static final Catalogue CATALOGUE = Catalogue.of("regularizer", List.of(), name -> switch (name) {
        default -> null;
    });

    private Regularizers() {}

}
