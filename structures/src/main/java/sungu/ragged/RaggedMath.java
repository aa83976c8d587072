package sungu.ragged;

import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Nets;
import sungu.ops.Reductions;
import sungu.ops.Scattering;
import sungu.primitive.Reduce.Fold;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;

/**
 * Operations on ragged tensors that are more than elementwise: products, softmax, ranges, groups.
 */
public final class RaggedMath {
    private RaggedMath() {}

    /**
     * The matrix product over the last two dimensions, one per entry of the dimensions before them,
     * which both operands have alike. Each matrix for itself must be rectangular.
     */
    public static RaggedTensor matmul(
            RaggedTensor x, RaggedTensor y, boolean transposeX, boolean transposeY) {
        if (x.rank() != y.rank() || x.rank() < 2) {
            throw new TensorException(
                    "matmul: " + x.shape() + " x " + y.shape(),
                    "both must have one rank, 2 or more");
        }
        if (x.rank() == 2 || x.raggedRank() == 0 && y.raggedRank() == 0) {
            return RaggedTensor.of(matrix(x, transposeX).matmul(matrix(y, transposeY)));
        }
        if (x.rows() != y.rows()) {
            throw new TensorException(
                    "matmul: " + x.rows() + " matrices x " + y.rows() + " matrices");
        }
        var products = new ArrayList<RaggedTensor>();
        for (int i = 0; i < x.rows(); i++) {
            products.add(matmul(x.get(i), y.get(i), transposeX, transposeY));
        }
        return RaggedShapes.stack(products, 0);
    }

    private static Tensor matrix(RaggedTensor x, boolean transpose) {
        for (var partition : x.partitions()) {
            for (int row = 0; row < partition.rows(); row++) {
                if (partition.length(row) != partition.longest()) {
                    throw new TensorException(
                            "matmul: a matrix of " + x.shape() + " has rows of different lengths");
                }
            }
        }
        var dense = x.toTensor();
        if (!transpose) {
            return dense;
        }
        var order = Indices.range(0, dense.rank());
        order[order.length - 1] = order.length - 2;
        order[order.length - 2] = order.length - 1;
        return dense.transpose(order);
    }

    /** Softmax along the last dimension; rows may differ in length. */
    public static RaggedTensor softmax(RaggedTensor x) {
        if (x.raggedRank() == 0 || x.flatValues().rank() > 1) {
            return RaggedElements.map(flat -> Nets.softmax(flat, -1), x);
        }
        var last = x.partitions().getLast();
        var ids = last.rowIds();
        var flat = x.flatValues();
        var highest = Scattering.unsortedSegment(Combine.MAX, flat, ids, last.rows());
        var shifted =
                flat.minus(Indexing.gather(sungu.ops.Controls.stopGradient(highest), ids, 0)).exp();
        var total = Scattering.unsortedSegment(Combine.ADD, shifted, ids, last.rows());
        return x.withFlatValues(shifted.div(Indexing.gather(total, ids, 0)));
    }

    /** Running sums along an axis; what a shorter row lacks takes no part. */
    public static RaggedTensor cumulativeSum(
            RaggedTensor x, int axis, boolean exclusive, boolean reverse) {
        int a = RaggedReductions.axis(x, axis);
        var sums = Reductions.cumulative(Fold.SUM, x.toTensor(), a, exclusive, reverse);
        return x.withFlatValues(
                Movements.reshape(
                        Indexing.gatherNd(sums, RaggedForms.positions(x)), x.flatValues().shape()));
    }

    /**
     * Rows of numbers from a start to a limit, exclusively, by steps; a single start, limit or step
     * counts for all rows.
     *
     * @param splits the type of the row splits
     */
    public static RaggedTensor range(Tensor starts, Tensor limits, Tensor steps, DType splits) {
        int rows = Math.max(length(starts), Math.max(length(limits), length(steps)));
        var dtype = starts.dtype();
        if (limits.dtype() != dtype || steps.dtype() != dtype) {
            throw new TensorException(
                    "range: "
                            + starts.type()
                            + ", "
                            + limits.type()
                            + " and "
                            + steps.type()
                            + " differ in dtype");
        }
        var numbers = new ArrayList<Double>();
        var offsets = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            double start = entry(starts, row, rows);
            double limit = entry(limits, row, rows);
            double step = entry(steps, row, rows);
            if (step == 0) {
                throw new TensorException("range: the step of row " + row + " is 0");
            }
            int count = (int) Math.max(0, Math.ceil((limit - start) / step));
            for (int i = 0; i < count; i++) {
                numbers.add(start + i * step);
            }
            offsets[row + 1] = numbers.size();
        }
        var flat = HostTensor.allocate(dtype, Shape.of(numbers.size()));
        for (int i = 0; i < numbers.size(); i++) {
            Numbers.put(dtype, flat.array(), i, numbers.get(i));
        }
        return RaggedTensor.of(flat, java.util.List.of(RowPartition.ofOffsets(offsets, splits)));
    }

    private static int length(Tensor x) {
        if (x.rank() > 1) {
            throw new TensorException("range: takes scalars and vectors, got " + x.type());
        }
        return x.rank() == 0 ? 1 : x.size();
    }

    private static double entry(Tensor x, int row, int rows) {
        if (x.size() != rows && x.rank() == 1 && x.size() != 1) {
            throw new TensorException("range: " + x.size() + " entries for " + rows + " rows");
        }
        return x.host().number(x.size() == 1 ? 0 : row);
    }

    /** The rows grouped by the number that each is given, in order within a group. */
    public static RaggedTensor stackDynamicPartitions(RaggedTensor x, Tensor groups, int count) {
        if (groups.rank() != 1 || groups.size() != x.rows()) {
            throw new TensorException(
                    "groups: one number per row is needed, got "
                            + groups.type()
                            + " for "
                            + x.rows()
                            + " rows");
        }
        var numbers = groups.toInts();
        var offsets = new int[count + 1];
        var order = new Indices();
        for (int group = 0; group < count; group++) {
            for (int row = 0; row < numbers.length; row++) {
                if (numbers[row] < 0 || numbers[row] >= count) {
                    throw new TensorException(
                            "groups: groups["
                                    + row
                                    + "] = "
                                    + numbers[row]
                                    + " is not in [0, "
                                    + count
                                    + ")");
                }
                if (numbers[row] == group) {
                    order.accept(row);
                }
            }
            offsets[group + 1] = order.size();
        }
        var dtype = x.raggedRank() > 0 ? x.rowSplitsDtype() : groups.dtype();
        return RaggedTensor.of(
                Rows.take(x, order.toArray()), RowPartition.ofOffsets(offsets, dtype));
    }

    /** One-hot vectors along a new last dimension. */
    public static RaggedTensor oneHot(RaggedTensor x, int depth, Tensor on, Tensor off) {
        return RaggedElements.map(flat -> Indexing.oneHot(flat, depth, -1, on, off), x);
    }
}
