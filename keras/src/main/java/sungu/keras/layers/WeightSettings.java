package sungu.keras.layers;

import sungu.keras.activations.Activation;
import sungu.keras.activations.Activations;
import sungu.keras.config.Codec;
import sungu.keras.config.Codecs;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.constraints.Constraints;
import sungu.keras.initializers.Initializer;
import sungu.keras.initializers.Initializers;
import sungu.keras.quantizers.QuantizationConfig;
import sungu.keras.regularizers.Regularizer;
import sungu.keras.regularizers.Regularizers;

/**
 * Settings that many layers share: how a weight begins, is penalised and limited; activations; data
 * formats.
 */
final class WeightSettings {
    static final Codec<Initializer> INITIALIZER_CODEC =
            Codecs.named("an initializer", Initializer.class, Initializers.CATALOGUE);
    static final Codec<Regularizer> REGULARIZER_CODEC =
            Codecs.named("a regularizer", Regularizer.class, Regularizers.CATALOGUE);
    static final Codec<Constraint> CONSTRAINT_CODEC =
            Codecs.named("a constraint", Constraint.class, Constraints.CATALOGUE);

    private WeightSettings() {}

    static Setting<Initializer> initializer(String name, String byDefault) {
        return Setting.of(name, INITIALIZER_CODEC)
                .defaults(() -> INITIALIZER_CODEC.decode(byDefault));
    }

    static Setting<Regularizer> regularizer(String name) {
        return Setting.of(name, REGULARIZER_CODEC).optional();
    }

    static Setting<Constraint> constraint(String name) {
        return Setting.of(name, CONSTRAINT_CODEC).optional();
    }

    static Setting<Activation> activation(String name, Activation byDefault) {
        return Setting.of(name, Activations.CODEC).defaults(byDefault);
    }

    static Setting<QuantizationConfig> quantization() {
        return Setting.of("quantization_config", QuantizationConfig.CODEC).optional();
    }

    /** The weight of a low-rank adaptation: in configs an integer or a float, as it was given. */
    static Setting<Number> loraAlpha() {
        return Setting.of(
                        "lora_alpha",
                        Codecs.<Number>of(
                                "a number",
                                value -> value,
                                tree ->
                                        tree instanceof Number number
                                                ? number
                                                : Codecs.NUMBER.decode(tree)))
                .optional()
                .sparse();
    }

    static Setting<String> dataFormat() {
        return Setting.text("data_format")
                .oneOf(java.util.List.of("channels_last", "channels_first"))
                .defaults(sungu.keras.config.KerasConfig::imageDataFormat);
    }
}
