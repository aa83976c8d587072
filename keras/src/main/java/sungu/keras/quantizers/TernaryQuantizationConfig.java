package sungu.keras.quantizers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Quantization;

/** Kernels of -1, 0 and 1. There is nothing to choose. */
public final class TernaryQuantizationConfig extends QuantizationConfig {
    static final ObjectType<TernaryQuantizationConfig> TYPE =
            ObjectType.of(
                    "keras.quantizers",
                    "TernaryQuantizationConfig",
                    TernaryQuantizationConfig::new);

    /** The scheme as it is. */
    public TernaryQuantizationConfig() {}

    @Override
    public ObjectType<TernaryQuantizationConfig> type() {
        return TYPE;
    }

    @Override
    public Quantization.Kind kind() {
        return Quantization.Kind.TERNARY;
    }
}
