package sungu.keras.constraints;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Catalogue;
import sungu.keras.config.ObjectType;

import java.util.List;

/** The constraints by name. */
public final class Constraints {
    /** The classes by name. */
    public static final Catalogue CATALOGUE =
            new Catalogue(
                    "constraint",
                    List.of("MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm"),
                    Constraints::find,
                    Constraints::alias);

    private Constraints() {}

    private static @Nullable ObjectType<?> find(String name) {
        return switch (name) {
            case "MaxNorm" -> MaxNorm.TYPE;
            case "MinMaxNorm" -> MinMaxNorm.TYPE;
            case "NonNeg" -> NonNeg.TYPE;
            case "UnitNorm" -> UnitNorm.TYPE;
            default -> null;
        };
    }

    private static @Nullable String alias(String name) {
        return switch (name) {
            case "nonneg", "non_neg" -> "NonNeg";
            default -> null;
        };
    }
}
