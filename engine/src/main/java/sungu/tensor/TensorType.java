package sungu.tensor;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a tensor without its values: element type and shape. Prints as {@code f32[2,3]}.
 */
public record TensorType(DType dtype, Shape shape) {
    /** The type with another element type. */
    public TensorType with(DType other) {
        return other == dtype ? this : new TensorType(other, shape);
    }

    /** The type with another shape. */
    public TensorType with(Shape other) {
        return new TensorType(dtype, other);
    }

    /** The number of elements. */
    public int size() {
        return shape.size();
    }

    /** Reads the printed form, such as {@code f32[2,3]}. */
    public static TensorType parse(String text) {
        int bracket = text.indexOf('[');
        if (bracket < 0 || !text.endsWith("]")) {
            throw new TensorException(
                    "'" + text + "' is not a tensor type", "write it as f32[2,3]");
        }
        var inner = text.substring(bracket + 1, text.length() - 1).trim();
        var parts = inner.isEmpty() ? new String[0] : inner.split(",");
        var dims = new int[parts.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] =
                    parts[i].trim().equals("?") ? Shape.UNKNOWN : Integer.parseInt(parts[i].trim());
        }
        return new TensorType(DType.of(text.substring(0, bracket).trim()), Shape.of(dims));
    }

    // Written out, for HotSpot links what a record has by itself at the first call (decision 0013).

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof TensorType type
                        && dtype == type.dtype
                        && shape.equals(type.shape);
    }

    @Override
    public int hashCode() {
        return 31 * dtype.hashCode() + shape.hashCode();
    }

    @Override
    public String toString() {
        return dtype.code() + shape;
    }
}
