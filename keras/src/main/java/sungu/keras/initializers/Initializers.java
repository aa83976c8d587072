package sungu.keras.initializers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Catalogue;
import sungu.keras.config.ObjectType;

import java.util.List;

/** The initializers by name. */
public final class Initializers {
    /** The classes by name. */
    public static final Catalogue CATALOGUE =
            new Catalogue(
                    "initializer",
                    List.of(
                            "Constant",
                            "GlorotNormal",
                            "GlorotUniform",
                            "HeNormal",
                            "HeUniform",
                            "Identity",
                            "LecunNormal",
                            "LecunUniform",
                            "Ones",
                            "Orthogonal",
                            "RandomNormal",
                            "RandomUniform",
                            "STFT",
                            "TruncatedNormal",
                            "VarianceScaling",
                            "Zeros"),
                    Initializers::find,
                    Initializers::alias);

    private Initializers() {}

    private static @Nullable ObjectType<?> find(String name) {
        return switch (name) {
            case "Constant" -> Constant.TYPE;
            case "GlorotNormal" -> GlorotNormal.TYPE;
            case "GlorotUniform" -> GlorotUniform.TYPE;
            case "HeNormal" -> HeNormal.TYPE;
            case "HeUniform" -> HeUniform.TYPE;
            case "Identity" -> Identity.TYPE;
            case "LecunNormal" -> LecunNormal.TYPE;
            case "LecunUniform" -> LecunUniform.TYPE;
            case "Ones" -> Ones.TYPE;
            case "Orthogonal" -> Orthogonal.TYPE;
            case "RandomNormal" -> RandomNormal.TYPE;
            case "RandomUniform" -> RandomUniform.TYPE;
            case "STFT" -> STFT.TYPE;
            case "TruncatedNormal" -> TruncatedNormal.TYPE;
            case "VarianceScaling" -> VarianceScaling.TYPE;
            case "Zeros" -> Zeros.TYPE;
            default -> null;
        };
    }

    private static @Nullable String alias(String name) {
        return switch (name) {
            case "uniform" -> "RandomUniform";
            case "normal" -> "RandomNormal";
            case "orthogonal", "OrthogonalInitializer" -> "Orthogonal";
            case "identity", "IdentityInitializer", "eye" -> "Identity";
            case "STFTInitializer" -> "STFT";
            case "zero" -> "Zeros";
            case "one" -> "Ones";
            default -> null;
        };
    }
}
