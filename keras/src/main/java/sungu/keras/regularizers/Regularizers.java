package sungu.keras.regularizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Catalogue;
import sungu.keras.config.ObjectType;

import java.util.List;

/** The regularizers by name. */
public final class Regularizers {
    /** The classes by name. */
    public static final Catalogue CATALOGUE =
            new Catalogue(
                    "regularizer",
                    List.of("L1", "L1L2", "L2", "OrthogonalRegularizer"),
                    Regularizers::find,
                    Regularizers::alias);

    private Regularizers() {}

    private static @Nullable ObjectType<?> find(String name) {
        return switch (name) {
            case "L1" -> L1.TYPE;
            case "L1L2" -> L1L2.TYPE;
            case "L2" -> L2.TYPE;
            case "OrthogonalRegularizer" -> OrthogonalRegularizer.TYPE;
            default -> null;
        };
    }

    private static @Nullable String alias(String name) {
        return switch (name) {
            case "l1" -> "L1";
            case "l2" -> "L2";
            case "l1_l2", "l1l2" -> "L1L2";
            default -> null;
        };
    }
}
