package sungu.keras.models;

import sungu.keras.config.Catalogue;

import java.util.List;

/** The model classes. */
public final class Models {
    /** The model classes by name. */
    public static final Catalogue CATALOGUE =
            Catalogue.of(
                    "model",
                    List.of("Sequential", "Functional", "Model"),
                    name ->
                            switch (name) {
                                case "Sequential" -> Sequential.TYPE;
                                case "Functional", "Model" -> Functional.TYPE;
                                default -> null;
                            });

    private Models() {}
}
