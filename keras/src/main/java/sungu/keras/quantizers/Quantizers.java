package sungu.keras.quantizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Catalogue;
import sungu.keras.config.ObjectType;

import java.util.List;

/** The quantizers and quantization configs by name. */
public final class Quantizers {
    /** The classes by name. */
    public static final Catalogue CATALOGUE =
            Catalogue.of(
                    "quantizer",
                    List.of(
                            "AbsMaxQuantizer",
                            "Int8QuantizationConfig",
                            "Int4QuantizationConfig",
                            "TernaryQuantizationConfig",
                            "Float8QuantizationConfig"),
                    Quantizers::find);

    private Quantizers() {}

    private static @Nullable ObjectType<?> find(String name) {
        return switch (name) {
            case "AbsMaxQuantizer" -> AbsMaxQuantizer.TYPE;
            case "Int8QuantizationConfig" -> Int8QuantizationConfig.TYPE;
            case "Int4QuantizationConfig" -> Int4QuantizationConfig.TYPE;
            case "TernaryQuantizationConfig" -> TernaryQuantizationConfig.TYPE;
            case "Float8QuantizationConfig" -> Float8QuantizationConfig.TYPE;
            default -> null;
        };
    }
}
