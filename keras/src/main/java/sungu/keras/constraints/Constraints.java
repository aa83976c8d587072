package sungu.keras.constraints;

import java.util.List;
import sungu.keras.config.Catalogue;

/** The constraints by name. */
public final class Constraints {
    /** The classes by name. */
    public static final Catalogue CATALOGUE = Catalogue.of("constraint", List.of(), name -> switch (name) {
        default -> null;
    });

    private Constraints() {}

}
