package sungu.keras.quantizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Codec;
import sungu.keras.config.Codecs;
import sungu.keras.config.Configured;
import sungu.keras.config.Quantization;
import sungu.keras.config.Setting;

/** How a layer quantizes its kernel and its inputs, beyond what the dtype policy says. */
public abstract class QuantizationConfig extends Configured {
    /** The form in configs. */
    public static final Codec<QuantizationConfig> CODEC =
            Codecs.object("a quantization config", QuantizationConfig.class);

    static final Codec<Quantizer> QUANTIZER = Codecs.object("a quantizer", Quantizer.class);
    static final Setting<Quantizer> WEIGHTS = Setting.of("weight_quantizer", QUANTIZER).optional();

    /** For sub-classes. */
    protected QuantizationConfig() {}

    /** The scheme that this is for. */
    public abstract Quantization.Kind kind();

    /** The quantizer of the kernel; null for the scheme's own. */
    public @Nullable Quantizer weightQuantizer() {
        return null;
    }

    /** The quantizer of the inputs; null if they stay as they are. */
    public @Nullable Quantizer activationQuantizer() {
        return null;
    }
}
