package sungu.keras.config;

import org.jspecify.annotations.Nullable;

/** Which package of Keras a module name in a file stands for. */
public final class Catalogues {
    private Catalogues() {}

    /** A module that has a class of that name, for files that do not say it. */
    static String moduleOf(String className) {
        for (var module :
                java.util.List.of(
                        "keras",
                        "keras.layers",
                        "keras.initializers",
                        "keras.regularizers",
                        "keras.constraints",
                        "keras.losses",
                        "keras.metrics",
                        "keras.optimizers",
                        "keras.optimizers.schedules")) {
            var catalogue = of(module);
            if (catalogue != null && catalogue.find().apply(className) != null) {
                return module;
            }
        }
        return "keras";
    }

    /**
     * The catalogue for a module such as {@code keras.layers} or {@code
     * keras.src.layers.core.dense}; null if there is none.
     */
    public static @Nullable Catalogue of(String module) {
        var parts = module.split("\\.");
        if (!parts[0].equals("keras")) {
            return null;
        }
        int index = parts.length > 1 && parts[1].equals("src") ? 2 : 1;
        return switch (index < parts.length ? parts[index] : "") {
            case "", "models" -> sungu.keras.models.Models.CATALOGUE;
            case "layers" -> sungu.keras.layers.Layers.CATALOGUE;
            case "initializers" -> sungu.keras.initializers.Initializers.CATALOGUE;
            case "regularizers" -> sungu.keras.regularizers.Regularizers.CATALOGUE;
            case "quantizers" -> sungu.keras.quantizers.Quantizers.CATALOGUE;
            case "constraints" -> sungu.keras.constraints.Constraints.CATALOGUE;
            case "losses" -> sungu.keras.losses.Losses.CATALOGUE;
            case "metrics" -> sungu.keras.metrics.Metrics.CATALOGUE;
            case "optimizers" ->
                    parts.length > index + 1 && parts[index + 1].startsWith("schedule")
                            ? sungu.keras.schedules.Schedules.CATALOGUE
                            : sungu.keras.optimizers.Optimizers.CATALOGUE;
            default -> null;
        };
    }
}
