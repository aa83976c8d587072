package sungu.keras.quantizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Quantization;
import sungu.keras.config.Setting;
import sungu.tensor.DType;
import sungu.tensor.TensorException;

/** Kernels in 4-bit integers, with a scale for each block of inputs or for all. */
public final class Int4QuantizationConfig extends QuantizationConfig {
    /** The block size of configs made in code. A file that says none is older than blocks. */
    private static final int USUAL_BLOCK = 128;

    static final Setting<Quantizer> INPUTS =
            Setting.of("activation_quantizer", QUANTIZER).optional();
    static final Setting<Integer> BLOCK_SIZE =
            Setting.integer("block_size")
                    .check(size -> size == -1 || size > 0, "positive, -1 or None")
                    .optional();
    static final ObjectType<Int4QuantizationConfig> TYPE =
            ObjectType.of(
                    "keras.quantizers",
                    "Int4QuantizationConfig",
                    () -> new Int4QuantizationConfig(null),
                    WEIGHTS,
                    INPUTS,
                    BLOCK_SIZE);

    /** Blocks of 128 inputs. */
    public Int4QuantizationConfig() {
        this(USUAL_BLOCK);
    }

    /** Blocks of that many inputs; null or -1 for one scale per column. */
    public Int4QuantizationConfig(@Nullable Integer blockSize) {
        set(BLOCK_SIZE, blockSize);
    }

    /**
     * One scale per column and given quantizers; null for the usual one of kernels, and for leaving
     * inputs as they are.
     */
    public Int4QuantizationConfig(@Nullable Quantizer weights, @Nullable Quantizer inputs) {
        set(WEIGHTS, weights);
        set(INPUTS, inputs);
        configured();
    }

    @Override
    public ObjectType<Int4QuantizationConfig> type() {
        return TYPE;
    }

    @Override
    protected void configured() {
        if (blockSize() > 0 && (find(WEIGHTS) != null || find(INPUTS) != null)) {
            throw new TensorException(
                    "Int4QuantizationConfig: quantizers can't be given with a block size, got"
                            + " block_size="
                            + blockSize(),
                    "leave out the quantizers or set block_size to None");
        }
        if (find(WEIGHTS) instanceof AbsMaxQuantizer weights
                && (weights.low() != -8
                        || weights.high() != 7
                        || weights.outputDtype() != DType.INT8)) {
            throw new TensorException(
                    "Int4QuantizationConfig: argument 'weight_quantizer' must have value_range [-8,"
                            + " 7] and output_dtype int8, got "
                            + weights);
        }
    }

    /** How many inputs share a scale; -1 for all. */
    public int blockSize() {
        var size = find(BLOCK_SIZE);
        return size == null ? -1 : size;
    }

    @Override
    public Quantization.Kind kind() {
        return Quantization.Kind.INT4;
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
