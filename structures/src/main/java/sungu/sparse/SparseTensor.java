package sungu.sparse;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;

/**
 * A tensor of which most elements are zero: the values that are not, and an index vector for each.
 *
 * <p>As in TensorFlow the indices may stand in any order, and most operations want them sorted
 * ({@link Sparse#reorder}) and without repetition; a dimension may be larger than a dense tensor's.
 * Gradients flow to the values.
 */
public final class SparseTensor {
    private final Tensor indices;
    private final Tensor values;
    private final long[] denseShape;

    private SparseTensor(Tensor indices, Tensor values, long[] denseShape) {
        this.indices = indices;
        this.values = values;
        this.denseShape = denseShape;
    }

    /**
     * A sparse tensor.
     *
     * @param indices int64 of shape {@code [count, rank]}; they are not checked against the shape
     * @param values of shape {@code [count]}
     * @param denseShape the dimensions of the dense tensor that it stands for
     */
    public static SparseTensor of(Tensor indices, Tensor values, long... denseShape) {
        if (indices.dtype() != DType.INT64
                || indices.rank() != 2
                || values.rank() != 1
                || indices.shape().dim(0) != values.size()
                || indices.shape().dim(1) != denseShape.length) {
            throw new TensorException(
                    "sparse: indices "
                            + indices.type()
                            + ", values "
                            + values.type()
                            + " and dense shape "
                            + Arrays.toString(denseShape)
                            + " do not fit",
                    "indices are i64[count,rank], values [count], the dense shape has `rank`"
                            + " dimensions");
        }
        for (long dim : denseShape) {
            if (dim < 0) {
                throw new TensorException(
                        "sparse: negative dimension in " + Arrays.toString(denseShape));
            }
        }
        return new SparseTensor(indices, values, denseShape.clone());
    }

    /** Where the values stand: int64 {@code [count, rank]}. */
    public Tensor indices() {
        return indices;
    }

    /** The values: {@code [count]}. */
    public Tensor values() {
        return values;
    }

    /** The dimensions of the dense tensor that this one stands for. */
    public long[] denseShape() {
        return denseShape.clone();
    }

    /** The element type. */
    public DType dtype() {
        return values.dtype();
    }

    /** The number of dimensions. */
    public int rank() {
        return denseShape.length;
    }

    /** The number of values. */
    public int count() {
        return values.size();
    }

    /**
     * The dimensions as those of a dense tensor.
     *
     * @throws TensorException if one is larger than a dense tensor's may be
     */
    public Shape shape() {
        var dims = new int[denseShape.length];
        for (int i = 0; i < dims.length; i++) {
            if (denseShape[i] > Integer.MAX_VALUE) {
                throw new TensorException(
                        "sparse: dimension "
                                + i
                                + " of "
                                + Arrays.toString(denseShape)
                                + " is too large for a dense tensor");
            }
            dims[i] = (int) denseShape[i];
        }
        return Shape.of(dims);
    }

    /** Other values at the same places. */
    public SparseTensor withValues(Tensor other) {
        return of(indices, other, denseShape);
    }

    /** The index vectors as Java longs, row-major; in a trace, of traced indices, an error. */
    long[] positions() {
        HostTensor host = indices.host();
        return (long[]) host.array();
    }

    @Override
    public String toString() {
        return "SparseTensor(indices="
                + indices
                + ", values="
                + values
                + ", denseShape="
                + Arrays.toString(denseShape)
                + ")";
    }
}
