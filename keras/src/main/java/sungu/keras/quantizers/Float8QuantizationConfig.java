package sungu.keras.quantizers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Quantization;

/** Training with 8-bit floats. There is nothing to choose. */
public final class Float8QuantizationConfig extends QuantizationConfig {
    static final ObjectType<Float8QuantizationConfig> TYPE =
            ObjectType.of(
                    "keras.quantizers", "Float8QuantizationConfig", Float8QuantizationConfig::new);

    /** The scheme as it is. */
    public Float8QuantizationConfig() {}

    @Override
    public ObjectType<Float8QuantizationConfig> type() {
        return TYPE;
    }

    @Override
    public Quantization.Kind kind() {
        return Quantization.Kind.FLOAT8;
    }
}
