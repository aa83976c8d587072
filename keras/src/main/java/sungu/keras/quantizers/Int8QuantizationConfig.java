package sungu.keras.quantizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Quantization;
import sungu.keras.config.Setting;
import sungu.tensor.DType;
import sungu.tensor.TensorException;

/** Kernels in 8-bit integers; inputs, too, unless their quantizer is null. */
public final class Int8QuantizationConfig extends QuantizationConfig {
    static final Setting<Quantizer> INPUTS =
            Setting.of("activation_quantizer", QUANTIZER)
                    .optional()
                    .defaults(() -> new AbsMaxQuantizer());
    static final ObjectType<Int8QuantizationConfig> TYPE =
            ObjectType.of(
                    "keras.quantizers",
                    "Int8QuantizationConfig",
                    Int8QuantizationConfig::new,
                    WEIGHTS,
                    INPUTS);

    /** Quantizers by the largest absolute values. */
    public Int8QuantizationConfig() {}

    /** Given quantizers; null for the usual one of kernels, and for leaving inputs as they are. */
    public Int8QuantizationConfig(@Nullable Quantizer weights, @Nullable Quantizer inputs) {
        set(WEIGHTS, weights);
        set(INPUTS, inputs);
        configured();
    }

    @Override
    public ObjectType<Int8QuantizationConfig> type() {
        return TYPE;
    }

    @Override
    protected void configured() {
        if (find(WEIGHTS) instanceof AbsMaxQuantizer weights
                && weights.outputDtype() != DType.INT8) {
            throw new TensorException(
                    "Int8QuantizationConfig: argument 'weight_quantizer' must have output_dtype"
                            + " int8, got "
                            + weights.outputDtype().label());
        }
    }

    @Override
    public Quantization.Kind kind() {
        return Quantization.Kind.INT8;
    }

    @Override
    public @Nullable Quantizer weightQuantizer() {
        return find(WEIGHTS);
    }

    @Override
    public @Nullable Quantizer activationQuantizer() {
        return find(INPUTS);
    }
}
