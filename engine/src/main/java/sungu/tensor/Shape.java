package sungu.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The dimensions of a tensor, outermost first. The empty shape is a scalar's.
 *
 * <p>Shapes of values and in graphs are always fully known; {@link #UNKNOWN} dimensions occur in
 * symbolic Keras inputs only.
 */
public final class Shape {
    /** The size of a dimension that is not known yet. */
    public static final int UNKNOWN = -1;

    /** The shape of a scalar. */
    public static final Shape SCALAR = new Shape(new int[0]);

    private final int[] dims;

    /** The number of elements once it has been asked for; else -1. */
    private int size = -1;

    private Shape(int[] dims) {
        this.dims = dims;
    }

    /** The shape with these dimensions. */
    public static Shape of(int... dims) {
        if (dims.length == 0) {
            return SCALAR;
        }
        for (int dim : dims) {
            if (dim < UNKNOWN) {
                throw new TensorException(
                        "shape " + Arrays.toString(dims) + ": negative dimension " + dim,
                        "an unknown dimension is Shape.UNKNOWN (-1)");
            }
        }
        return new Shape(dims.clone());
    }

    /**
     * Takes over {@code dims} without a copy or check; the caller must not change the array any
     * more.
     */
    public static Shape owning(int[] dims) {
        return dims.length == 0 ? SCALAR : new Shape(dims);
    }

    /** The number of dimensions. */
    public int rank() {
        return dims.length;
    }

    /** The size of a dimension; negative axes count from the end. */
    public int dim(int axis) {
        int i = axis < 0 ? axis + dims.length : axis;
        if (i < 0 || i >= dims.length) {
            throw new TensorException(
                    "axis "
                            + axis
                            + " is out of range for shape "
                            + this
                            + " of rank "
                            + dims.length);
        }
        return dims[i];
    }

    /** A copy of the dimensions. */
    public int[] dims() {
        return dims.clone();
    }

    /** Whether no dimension is unknown. */
    public boolean isKnown() {
        for (int dim : dims) {
            if (dim < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The number of elements.
     *
     * @throws TensorException if a dimension is unknown or there are more than 2^31-1 elements
     */
    public int size() {
        int known = size;
        if (known < 0) {
            known = count();
            size = known;
        }
        return known;
    }

    private int count() {
        long count = 1;
        boolean empty = false;
        for (int dim : dims) {
            if (dim < 0) {
                throw new TensorException(
                        "shape " + this + " has an unknown dimension, so no size");
            }
            if (dim == 0) {
                empty = true;
            } else if (count <= Integer.MAX_VALUE) {
                count *= dim;
            }
        }
        if (empty) {
            return 0;
        }
        if (count > Integer.MAX_VALUE) {
            throw new TensorException(
                    "shape " + this + " has more than 2^31-1 elements",
                    "split the work into smaller tensors, for example into batches");
        }
        return (int) count;
    }

    /** Row-major strides, in elements. */
    public int[] strides() {
        var strides = new int[dims.length];
        int stride = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= Math.max(dims[i], 1);
        }
        return strides;
    }

    /** The axis as a number from 0 to rank-1; negative axes count from the end. */
    public int axis(int axis) {
        int i = axis < 0 ? axis + dims.length : axis;
        if (i < 0 || i >= dims.length) {
            throw new TensorException(
                    "axis " + axis + " is out of range for shape " + this,
                    "axes of this shape go from " + -dims.length + " to " + (dims.length - 1));
        }
        return i;
    }

    /** This shape with one dimension replaced. */
    public Shape with(int axis, int dim) {
        var copy = dims.clone();
        copy[axis(axis)] = dim;
        return owning(copy);
    }

    /** This shape with a dimension inserted before position {@code index} (0 to rank). */
    public Shape insert(int index, int dim) {
        var copy = new int[dims.length + 1];
        System.arraycopy(dims, 0, copy, 0, index);
        copy[index] = dim;
        System.arraycopy(dims, index, copy, index + 1, dims.length - index);
        return owning(copy);
    }

    /** This shape without one dimension. */
    public Shape remove(int axis) {
        int i = axis(axis);
        var copy = new int[dims.length - 1];
        System.arraycopy(dims, 0, copy, 0, i);
        System.arraycopy(dims, i + 1, copy, i, copy.length - i);
        return owning(copy);
    }

    /** Dimensions {@code from} (inclusive) to {@code to} (exclusive). */
    public Shape slice(int from, int to) {
        return owning(Arrays.copyOfRange(dims, from, to));
    }

    /** This shape followed by another. */
    public Shape concat(Shape other) {
        var copy = Arrays.copyOf(dims, dims.length + other.dims.length);
        System.arraycopy(other.dims, 0, copy, dims.length, other.dims.length);
        return owning(copy);
    }

    /**
     * The shape that two shapes broadcast to by NumPy's rule: aligned at the end, a dimension of 1
     * stretches.
     *
     * @throws TensorException if the shapes do not fit
     */
    public static Shape broadcast(Shape a, Shape b) {
        if (a.equals(b) || b.dims.length == 0) {
            return a;
        }
        if (a.dims.length == 0) {
            return b;
        }
        int rank = Math.max(a.dims.length, b.dims.length);
        var dims = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int x = i <= a.dims.length ? a.dims[a.dims.length - i] : 1;
            int y = i <= b.dims.length ? b.dims[b.dims.length - i] : 1;
            if (x != y && x != 1 && y != 1) {
                throw new TensorException(
                        "shapes " + a + " and " + b + " do not broadcast (" + x + " != " + y + ")",
                        "dimensions are aligned at the end; each pair must be equal or one of them"
                                + " 1");
            }
            dims[rank - i] = x == 1 ? y : x;
        }
        return owning(dims);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** The dimensions in brackets: {@code [2,3]}; an unknown one as {@code ?}. */
    @Override
    public String toString() {
        return IntStream.of(dims)
                .mapToObj(d -> d < 0 ? "?" : Integer.toString(d))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
