package sungu.keras.schedules;

import java.util.List;
import sungu.keras.config.Catalogue;

/** The learning rate schedules by name. */
public final class Schedules {
    /** The classes by name. */
    public static final Catalogue CATALOGUE = Catalogue.of("learning rate schedule", List.of(), name -> switch (name) {
        default -> null;
    });

    private Schedules() {}

}
