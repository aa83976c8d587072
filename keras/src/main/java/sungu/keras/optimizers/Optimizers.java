package sungu.keras.optimizers;

import java.util.List;
import sungu.keras.config.Catalogue;

/** The optimizers by name. */
public final class Optimizers {
    /** The classes by name. */
    public static final Catalogue CATALOGUE = Catalogue.of("optimizer", List.of(), name -> switch (name) {
        default -> null;
    });

    private Optimizers() {}

    /** The optimizer of a name, with its defaults. */
    public static Optimizer of(String name) {
        throw CATALOGUE.unknown(name);
    }
}
