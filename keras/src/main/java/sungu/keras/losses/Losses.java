package sungu.keras.losses;

import java.util.List;
import sungu.keras.config.Catalogue;

/** The losses by name, and as functions. */
public final class Losses {
    /** The classes by name. */
    public static final Catalogue CATALOGUE = Catalogue.of("loss", List.of(), name -> switch (name) {
        default -> null;
    });

    private Losses() {}

    /** The loss that a name, an object or a function stands for. */
    public static Loss of(Object any) {
        if (any instanceof Loss loss) {
            return loss;
        }
        throw CATALOGUE.unknown(String.valueOf(any));
    }
}
