package sungu.keras.schedules;

import sungu.keras.config.Catalogue;

import java.util.List;

/** The learning rate schedules by name. */
public final class Schedules {
    /** The classes by name. */
    public static final Catalogue CATALOGUE =
            Catalogue.of(
                    "learning rate schedule",
                    List.of(
                            "ExponentialDecay",
                            "InverseTimeDecay",
                            "PolynomialDecay",
                            "CosineDecay",
                            "CosineDecayRestarts",
                            "PiecewiseConstantDecay"),
                    name ->
                            switch (name) {
                                case "ExponentialDecay" -> ExponentialDecay.TYPE;
                                case "InverseTimeDecay" -> InverseTimeDecay.TYPE;
                                case "PolynomialDecay" -> PolynomialDecay.TYPE;
                                case "CosineDecay" -> CosineDecay.TYPE;
                                case "CosineDecayRestarts" -> CosineDecayRestarts.TYPE;
                                case "PiecewiseConstantDecay" -> PiecewiseConstantDecay.TYPE;
                                default -> null;
                            });

    private Schedules() {}
}
