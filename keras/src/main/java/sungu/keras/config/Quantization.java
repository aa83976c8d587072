package sungu.keras.config;

import sungu.tensor.DType;
import sungu.tensor.TensorException;

/**
 * How a dtype policy wants a kernel kept.
 *
 * @param mode the name in policies, such as {@code int8} or {@code int4/128}
 * @param kind the scheme
 * @param blockSize how many elements share a scale in int4; -1 for a whole column of the kernel
 * @param historyLength how many maxima float8 scales are computed from
 */
public record Quantization(String mode, Kind kind, int blockSize, int historyLength) {
    /** How many past maxima float8 remembers unless told otherwise. */
    public static final int HISTORY = 1024;

    /** The schemes. */
    public enum Kind {
        /**
         * 8-bit integers with a scale per column; inputs are quantized, too, unless a config says
         * otherwise.
         */
        INT8,
        /** 4-bit integers, two in a byte, with a scale per column or per block. */
        INT4,
        /** -1, 0 and 1, five in a byte, with one scale. */
        TERNARY,
        /** Training with values and gradients rounded to 8-bit floats. */
        FLOAT8
    }

    /** The quantization of a mode's name. */
    public static Quantization of(String mode) {
        int slash = mode.indexOf('/');
        var scheme = slash < 0 ? mode : mode.substring(0, slash);
        var kind =
                switch (scheme) {
                    case "int8" -> Kind.INT8;
                    case "int4" -> Kind.INT4;
                    case "ternary" -> Kind.TERNARY;
                    case "float8" -> Kind.FLOAT8;
                    default ->
                            throw new TensorException(
                                    "unknown quantization mode '" + mode + "'",
                                    "the modes are int8, int4, ternary and float8");
                };
        if (slash < 0) {
            return new Quantization(mode, kind, -1, HISTORY);
        }
        int block = number(mode.substring(slash + 1));
        if (kind != Kind.INT4 || block == 0 || block < -1) {
            throw new TensorException(
                    "invalid quantization mode '" + mode + "'",
                    "write int4/<block size> with a positive block size or -1");
        }
        return new Quantization(mode, kind, block, HISTORY);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The same with that many maxima remembered. */
    public Quantization withHistory(int length) {
        return new Quantization(mode, kind, blockSize, length);
    }

    void check(DTypePolicy source) {
        if (source.quantization() != null) {
            throw new TensorException(
                    "a quantized policy can't come from the quantized policy '"
                            + source.name()
                            + "'");
        }
        if (kind == Kind.INT8 && source.computeDtype() == DType.FLOAT16) {
            throw new TensorException(
                    "quantization mode 'int8' does not work well with the compute dtype float16",
                    "use bfloat16 or float32");
        }
    }

    /** The Keras class of policies like this. */
    String policyClass() {
        return switch (kind) {
            case INT8 -> "QuantizedDTypePolicy";
            case INT4 -> mode.contains("/") ? "Int4DTypePolicy" : "QuantizedDTypePolicy";
            case TERNARY -> "TernaryDTypePolicy";
            case FLOAT8 -> "QuantizedFloat8DTypePolicy";
        };
    }

    @Override
    public String toString() {
        return mode;
    }
}
