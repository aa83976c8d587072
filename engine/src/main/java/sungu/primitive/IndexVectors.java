package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.tensor.DType;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * How {@link Gather} and {@link Scatter} address slices of a tensor. Its dimensions are, in this
 * order: {@code batch} ones shared with the indices, {@code outer} ones that are carried along,
 * {@code depth} ones that are indexed, and the rest, which makes up a slice. The indices have the
 * same batch dimensions, then any number of their own, and a last one of size {@code depth}.
 *
 * @param lenient whether vectors with a negative entry are left out: they read zeros and write
 *     nothing. Whatever else points outside is an error
 */
public record IndexVectors(int batch, int outer, int depth, boolean lenient) {
    /**
     * The shape of the slices that the indices name: batch, outer, the indices' own dimensions,
     * slice.
     */
    Shape slices(String label, TensorType x, TensorType indices) {
        var shape = x.shape();
        var index = indices.shape();
        if (indices.dtype() != DType.INT32 && indices.dtype() != DType.INT64) {
            throw new TensorException(
                    label + ": indices must be int32 or int64, got " + indices,
                    "cast them: indices.cast(DType.INT32)");
        }
        if (index.rank() < batch + 1
                || shape.rank() < batch + outer + depth
                || index.dim(-1) != depth
                || !index.slice(0, batch).equals(shape.slice(0, batch))) {
            throw new TensorException(
                    label
                            + ": indices "
                            + indices
                            + " do not fit to "
                            + x
                            + " with "
                            + batch
                            + " batch dimensions and "
                            + depth
                            + " indexed ones");
        }
        return shape.slice(0, batch + outer)
                .concat(index.slice(batch, index.rank() - 1))
                .concat(shape.slice(batch + outer + depth, shape.rank()));
    }

    /** Sizes of batch, outer, indexed space, vectors per batch and slice. */
    public Ints sizes(Shape x, Shape indices) {
        return Ints.of(
                x.slice(0, batch).size(),
                x.slice(batch, batch + outer).size(),
                x.slice(batch + outer, batch + outer + depth).size(),
                indices.slice(batch, indices.rank() - 1).size(),
                x.slice(batch + outer + depth, x.rank()).size());
    }

    /** The error for a vector that points outside. */
    public TensorException outside(
            String label, Ints vector, int position, Shape x, @Nullable Shape indices) {
        var space = x.slice(batch + outer, batch + outer + depth);
        var where = new StringBuilder("indices[");
        if (indices != null) {
            int rank = indices.rank() - 1;
            var strides = indices.slice(0, rank).strides();
            int rest = position;
            for (int i = 0; i < rank; i++) {
                where.append(i > 0 ? ", " : "").append(rest / strides[i]);
                rest %= strides[i];
            }
        }
        where.append("]");
        return depth == 1
                ? new TensorException(
                        label
                                + ": "
                                + where
                                + " = "
                                + vector.get(0)
                                + " is not in [0, "
                                + space.dim(0)
                                + ")",
                        "negative indices do not count from the end here")
                : new TensorException(
                        label + ": " + where + " = " + vector + " does not index into " + space);
    }
}
