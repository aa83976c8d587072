package sungu.tensor;

import java.util.Locale;

/**
 * The element type of a tensor: a run-time value, never a Java generic.
 *
 * <p>A dtype says which Java array holds its elements ({@link #storage}) and in which arithmetic
 * they are computed ({@link #arithmetic}): the small types are stored compactly, computed wider and
 * rounded or wrapped after every primitive.
 */
public enum DType {
    BOOL("bool", "bool", 1, Storage.BYTES, Arithmetic.BOOL),
    INT8("int8", "i8", 1, Storage.BYTES, Arithmetic.INT),
    INT16("int16", "i16", 2, Storage.SHORTS, Arithmetic.INT),
    INT32("int32", "i32", 4, Storage.INTS, Arithmetic.INT),
    INT64("int64", "i64", 8, Storage.LONGS, Arithmetic.LONG),
    UINT8("uint8", "u8", 1, Storage.BYTES, Arithmetic.INT),
    UINT16("uint16", "u16", 2, Storage.SHORTS, Arithmetic.INT),
    UINT32("uint32", "u32", 4, Storage.INTS, Arithmetic.LONG),
    UINT64("uint64", "u64", 8, Storage.LONGS, Arithmetic.UNSIGNED),
    FLOAT8_E4M3FN("float8_e4m3fn", "f8e4m3fn", 1, Storage.BYTES, Arithmetic.FLOAT),
    FLOAT8_E5M2("float8_e5m2", "f8e5m2", 1, Storage.BYTES, Arithmetic.FLOAT),
    FLOAT16("float16", "f16", 2, Storage.SHORTS, Arithmetic.FLOAT),
    BFLOAT16("bfloat16", "bf16", 2, Storage.SHORTS, Arithmetic.FLOAT),
    FLOAT32("float32", "f32", 4, Storage.FLOATS, Arithmetic.FLOAT),
    FLOAT64("float64", "f64", 8, Storage.DOUBLES, Arithmetic.DOUBLE),
    COMPLEX64("complex64", "c64", 8, Storage.FLOATS, Arithmetic.COMPLEX),
    COMPLEX128("complex128", "c128", 16, Storage.DOUBLES, Arithmetic.COMPLEX),
    STRING("string", "str", 0, Storage.STRINGS, Arithmetic.NONE);

    /**
     * The kind of Java array that holds the elements; complex numbers take two entries each, real
     * part first.
     */
    public enum Storage {
        BYTES,
        SHORTS,
        INTS,
        LONGS,
        FLOATS,
        DOUBLES,
        /** A {@code byte[][]}: strings are bytes, not Java strings. */
        STRINGS
    }

    /** The arithmetic in which elements are computed. */
    public enum Arithmetic {
        BOOL,
        INT,
        LONG,
        UNSIGNED,
        FLOAT,
        DOUBLE,
        COMPLEX,
        NONE
    }

    private final String label;
    private final String code;
    private final int bytes;
    private final Storage storage;
    private final Arithmetic arithmetic;

    DType(String label, String code, int bytes, Storage storage, Arithmetic arithmetic) {
        this.label = label;
        this.code = code;
        this.bytes = bytes;
        this.storage = storage;
        this.arithmetic = arithmetic;
    }

    /** TensorFlow's and Keras' name, such as {@code float32}. */
    public String label() {
        return label;
    }

    /** The short name used in graph text and messages, such as {@code f32}. */
    public String code() {
        return code;
    }

    /** Bytes of one element; 0 for strings. */
    public int bytes() {
        return bytes;
    }

    /** The Java array that holds elements of this type. */
    public Storage storage() {
        return storage;
    }

    /** The arithmetic in which elements of this type are computed. */
    public Arithmetic arithmetic() {
        return arithmetic;
    }

    /** Whether this is a real floating-point type. */
    public boolean isFloating() {
        return arithmetic == Arithmetic.FLOAT || arithmetic == Arithmetic.DOUBLE;
    }

    /** Whether this is a complex type. */
    public boolean isComplex() {
        return arithmetic == Arithmetic.COMPLEX;
    }

    /** Whether gradients flow through tensors of this type: real and complex floating point. */
    public boolean isDifferentiable() {
        return isFloating() || isComplex();
    }

    /** Whether this is a signed or unsigned integer type; bool is not. */
    public boolean isInteger() {
        return arithmetic == Arithmetic.INT
                || arithmetic == Arithmetic.LONG
                || arithmetic == Arithmetic.UNSIGNED;
    }

    /** Whether this is an unsigned integer type. */
    public boolean isUnsigned() {
        return this == UINT8 || this == UINT16 || this == UINT32 || this == UINT64;
    }

    /** The type of the real and imaginary parts of a complex type; a real type is its own. */
    public DType real() {
        return switch (this) {
            case COMPLEX64 -> FLOAT32;
            case COMPLEX128 -> FLOAT64;
            default -> this;
        };
    }

    /** Array entries that one element takes: 2 for complex types, else 1. */
    public int lanes() {
        return isComplex() ? 2 : 1;
    }

    /** The dtype of that name or code, such as {@code float32} or {@code f32}. */
    public static DType of(String name) {
        for (DType type : values()) {
            if (type.label.equals(name) || type.code.equals(name)) {
                return type;
            }
        }
        if (name.equals("half")) {
            return FLOAT16;
        }
        if (name.equals("float")) {
            return FLOAT32;
        }
        if (name.equals("double")) {
            return FLOAT64;
        }
        throw new TensorException(
                "unknown dtype '" + name + "'",
                "the dtypes are bool, int8..int64, uint8..uint64, float16, bfloat16, float32,"
                        + " float64, float8_e4m3fn, float8_e5m2, complex64, complex128 and string");
    }

    /** Java's name of the constant, as written in code: {@code DType.FLOAT32}. */
    public String constant() {
        return "DType." + name().toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label;
    }
}
