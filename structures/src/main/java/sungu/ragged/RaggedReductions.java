package sungu.ragged;

import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.primitive.Reduce.Fold;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;

/**
 * Operations that fold axes away, written with segments. Along axis 0 the rows are laid over one
 * another; what a shorter row lacks takes no part. No axes given means all.
 */
public final class RaggedReductions {
    private RaggedReductions() {}

    /** The sum. */
    public static RaggedTensor sum(RaggedTensor x, boolean keep, int... axes) {
        return reduce(Fold.SUM, x, keep, axes);
    }

    /** The product. */
    public static RaggedTensor product(RaggedTensor x, boolean keep, int... axes) {
        return reduce(Fold.PRODUCT, x, keep, axes);
    }

    /** The maximum; of an empty row the lowest number. */
    public static RaggedTensor max(RaggedTensor x, boolean keep, int... axes) {
        return reduce(Fold.MAX, x, keep, axes);
    }

    /** The minimum; of an empty row the highest number. */
    public static RaggedTensor min(RaggedTensor x, boolean keep, int... axes) {
        return reduce(Fold.MIN, x, keep, axes);
    }

    /** Whether any is true; of an empty row false. */
    public static RaggedTensor any(RaggedTensor x, boolean keep, int... axes) {
        return bools(sum(RaggedElements.cast(x, DType.INT32), keep, axes));
    }

    /** Whether all are true; of an empty row true. */
    public static RaggedTensor all(RaggedTensor x, boolean keep, int... axes) {
        return bools(product(RaggedElements.cast(x, DType.INT32), keep, axes));
    }

    private static RaggedTensor bools(RaggedTensor counts) {
        return RaggedElements.cast(counts, DType.BOOL);
    }

    /** The mean; of an empty row NaN. Integers are divided as float64. */
    public static RaggedTensor mean(RaggedTensor x, boolean keep, int... axes) {
        var total = sum(x, keep, axes);
        var count = sum(RaggedElements.map(Elements::onesLike, x), keep, axes);
        return RaggedElements.binary(Tensor::div, total, count);
    }

    /** The variance around the mean: the mean of squares less the square of the mean. */
    public static RaggedTensor variance(RaggedTensor x, boolean keep, int... axes) {
        var floats = x.dtype().isInteger() ? RaggedElements.cast(x, DType.FLOAT64) : x;
        var squares = mean(RaggedElements.map(Tensor::square, floats), keep, axes);
        var mean = RaggedElements.map(Tensor::square, mean(floats, keep, axes));
        return RaggedElements.binary(Tensor::minus, squares, mean);
    }

    /** The square root of the variance. */
    public static RaggedTensor standardDeviation(RaggedTensor x, boolean keep, int... axes) {
        return RaggedElements.map(Tensor::sqrt, variance(x, keep, axes));
    }

    /** Folds some axes; {@code keep} leaves them with size 1. */
    public static RaggedTensor reduce(Fold fold, RaggedTensor x, boolean keep, int... axes) {
        return reduce(Folding.of(fold), x, keep, axes);
    }

    /** Folds some axes; {@code keep} leaves them with size 1. */
    public static RaggedTensor reduce(Folding fold, RaggedTensor x, boolean keep, int... axes) {
        var normal = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            normal[i] = axis(x, axes[i]);
        }
        Arrays.sort(normal);
        for (int i = 1; i < normal.length; i++) {
            if (normal[i] == normal[i - 1]) {
                throw new TensorException(
                        "axis " + normal[i] + " is named twice in " + Arrays.toString(axes));
            }
        }
        if (x.raggedRank() == 0) {
            return RaggedTensor.of(fold.along(x.flatValues(), keep, axes));
        }
        if (axes.length == 0) {
            var all = fold.along(x.flatValues(), false);
            return RaggedTensor.of(keep ? Movements.reshape(all, Shape.of(ones(x.rank()))) : all);
        }
        var folded = x;
        for (int i = normal.length - 1; i >= 0; i--) {
            folded = one(fold, folded, keep, normal[i]);
        }
        return folded;
    }

    private static int[] ones(int count) {
        var ones = new int[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The axis counted from 0. */
    static int axis(RaggedTensor x, int axis) {
        int normal = axis < 0 ? axis + x.rank() : axis;
        if (normal < 0 || normal >= x.rank()) {
            throw new TensorException(
                    "ragged: axis "
                            + axis
                            + " is out of range for "
                            + x.shape()
                            + " of rank "
                            + x.rank());
        }
        return normal;
    }

    private static RaggedTensor one(Folding fold, RaggedTensor x, boolean keep, int axis) {
        if (x.raggedRank() == 0) {
            return RaggedTensor.of(fold.along(x.flatValues(), keep, axis));
        }
        var partition = x.rowPartition();
        if (axis > 1) {
            return RaggedTensor.of(one(fold, x.values(), keep, axis - 1), partition);
        }
        RaggedTensor folded;
        if (axis == 1) {
            folded = rows(fold, x);
        } else {
            var positions = new int[partition.values()];
            var offsets = partition.offsets();
            for (int row = 0; row < partition.rows(); row++) {
                for (int k = offsets[row]; k < offsets[row + 1]; k++) {
                    positions[k] = k - offsets[row];
                }
            }
            folded = segment(fold, x.values(), positions, partition.longest());
        }
        return keep ? RaggedShapes.expandDims(folded, axis) : folded;
    }

    /** Folds each row; with dense rows that works on traced splits, too. */
    private static RaggedTensor rows(Folding fold, RaggedTensor x) {
        var partition = x.rowPartition();
        var values = x.values();
        return values.raggedRank() == 0
                ? RaggedTensor.of(
                        fold.segments(values.flatValues(), partition.rowIds(), partition.rows()))
                : segment(fold, values, partition.rowIds().toInts(), partition.rows());
    }

    /**
     * Folds rows by the segment that each belongs to: a segment is as long as its longest row, and
     * what a shorter one lacks takes no part.
     *
     * @param ids one per row, in any order, from 0 to {@code segments - 1}; or ragged, cut as the
     *     data are, one per entry of the rows
     */
    public static RaggedTensor segment(
            Fold fold, RaggedTensor data, RaggedTensor ids, int segments) {
        if (ids.raggedRank() > 0) {
            if (data.raggedRank() == 0 || !data.rowPartition().sameAs(ids.rowPartition())) {
                throw new TensorException("segments: data and ids are cut into different rows");
            }
            return segment(fold, data.values(), ids.values(), segments);
        }
        if (ids.rank() != 1 || ids.rows() != data.rows()) {
            throw new TensorException(
                    "segments: one id per row is needed, got "
                            + ids.flatValues().type()
                            + " for "
                            + data.rows()
                            + " rows");
        }
        return segment(Folding.of(fold), data, ids.flatValues().toInts(), segments);
    }

    /** The mean of the rows of each segment; see {@link #segment}. */
    public static RaggedTensor segmentMean(RaggedTensor data, RaggedTensor ids, int segments) {
        return RaggedElements.binary(
                Elements::trueDivide,
                segment(Fold.SUM, data, ids, segments),
                segmentCounts(data, ids, segments));
    }

    /** The sum of the rows of each segment by the square root of their number. */
    public static RaggedTensor segmentSqrtN(RaggedTensor data, RaggedTensor ids, int segments) {
        return RaggedElements.binary(
                Elements::trueDivide,
                segment(Fold.SUM, data, ids, segments),
                RaggedElements.map(Tensor::sqrt, segmentCounts(data, ids, segments)));
    }

    private static RaggedTensor segmentCounts(RaggedTensor data, RaggedTensor ids, int segments) {
        return segment(Fold.SUM, RaggedElements.map(Elements::onesLike, data), ids, segments);
    }

    private static RaggedTensor segment(Folding fold, RaggedTensor data, int[] ids, int segments) {
        for (int id : ids) {
            if (id < 0 || id >= segments) {
                throw new TensorException(
                        "segments: id " + id + " is not in [0, " + segments + ")");
            }
        }
        if (data.raggedRank() == 0) {
            return RaggedTensor.of(fold.segments(data.flatValues(), Indices.tensor(ids), segments));
        }
        var partition = data.rowPartition();
        var longest = new int[segments];
        for (int row = 0; row < ids.length; row++) {
            longest[ids[row]] = Math.max(longest[ids[row]], partition.length(row));
        }
        var offsets = new int[segments + 1];
        for (int i = 0; i < segments; i++) {
            offsets[i + 1] = offsets[i] + longest[i];
        }
        var inner = new int[partition.values()];
        for (int row = 0; row < ids.length; row++) {
            int start = partition.offsets()[row];
            for (int k = 0; k < partition.length(row); k++) {
                inner[start + k] = offsets[ids[row]] + k;
            }
        }
        return RaggedTensor.of(
                segment(fold, data.values(), inner, offsets[segments]),
                RowPartition.ofOffsets(offsets, partition.dtype()));
    }
}
