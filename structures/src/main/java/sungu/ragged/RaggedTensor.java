package sungu.ragged;

import org.jspecify.annotations.Nullable;

import sungu.sparse.SparseTensor;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Slice;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A tensor with rows of different lengths: flat values, and row partitions from the outermost to
 * the innermost that cut them.
 *
 * <p>The number of partitions is the ragged rank. One of ragged rank 0 is a dense tensor; so the
 * operations on ragged tensors are closed, and an operation that leaves no ragged dimension gives
 * one of rank 0, whose {@link #flatValues} are the result. Gradients flow to the flat values.
 */
public final class RaggedTensor {
    private final Tensor flat;
    private final List<RowPartition> partitions;

    private RaggedTensor(Tensor flat, List<RowPartition> partitions) {
        this.flat = flat;
        this.partitions = partitions;
    }

    // ---- making ragged tensors
    // -----------------------------------------------------------------------------------------------------------

    /** A dense tensor as a ragged one of ragged rank 0. */
    public static RaggedTensor of(Tensor dense) {
        return new RaggedTensor(dense, List.of());
    }

    /**
     * Flat values cut by partitions, the outermost first.
     *
     * @throws TensorException if a partition does not cut as many values as there are rows of the
     *     next, or their splits have different types
     */
    public static RaggedTensor of(Tensor flat, List<RowPartition> partitions) {
        for (int i = 0; i < partitions.size(); i++) {
            boolean last = i == partitions.size() - 1;
            if (last && flat.rank() == 0) {
                throw new TensorException(
                        "ragged: a scalar " + flat.type() + " can't be cut into rows");
            }
            int inner = last ? flat.shape().dim(0) : partitions.get(i + 1).rows();
            if (partitions.get(i).values() != inner) {
                throw new TensorException(
                        "ragged: partition "
                                + i
                                + " cuts "
                                + partitions.get(i).values()
                                + " values, but there are "
                                + inner);
            }
            if (partitions.get(i).dtype() != partitions.get(0).dtype()) {
                throw new TensorException(
                        "ragged: row splits of "
                                + partitions.get(0).dtype()
                                + " and "
                                + partitions.get(i).dtype(),
                        "use withRowSplitsDtype to make them alike");
            }
        }
        return new RaggedTensor(flat, List.copyOf(partitions));
    }

    /** Values, dense or ragged, as the rows of one more partition. */
    public static RaggedTensor of(RaggedTensor values, RowPartition outer) {
        var all = new ArrayList<RowPartition>();
        all.add(outer);
        all.addAll(values.partitions);
        return of(values.flat, all);
    }

    /** Rows between splits: row {@code i} is {@code values[splits[i]:splits[i+1]]}. */
    public static RaggedTensor fromRowSplits(Tensor values, Tensor splits) {
        return fromRowSplits(of(values), splits);
    }

    /** Rows, of ragged values, between splits. */
    public static RaggedTensor fromRowSplits(RaggedTensor values, Tensor splits) {
        return of(values, RowPartition.ofSplits(splits, values.rows()));
    }

    /** Rows of these lengths. */
    public static RaggedTensor fromRowLengths(RaggedTensor values, Tensor lengths) {
        return of(values, RowPartition.ofLengths(lengths, values.rows()));
    }

    /** Rows of these lengths. */
    public static RaggedTensor fromRowLengths(Tensor values, Tensor lengths) {
        return fromRowLengths(of(values), lengths);
    }

    /** Rows that start at these positions; the last one ends with the values. */
    public static RaggedTensor fromRowStarts(RaggedTensor values, Tensor starts) {
        return of(values, RowPartition.ofStarts(starts, values.rows()));
    }

    /** Rows that start at these positions; the last one ends with the values. */
    public static RaggedTensor fromRowStarts(Tensor values, Tensor starts) {
        return fromRowStarts(of(values), starts);
    }

    /** Rows that end before these positions. */
    public static RaggedTensor fromRowLimits(RaggedTensor values, Tensor limits) {
        return of(values, RowPartition.ofLimits(limits, values.rows()));
    }

    /** Rows that end before these positions. */
    public static RaggedTensor fromRowLimits(Tensor values, Tensor limits) {
        return fromRowLimits(of(values), limits);
    }

    /**
     * Rows by the row that each value belongs to.
     *
     * @param ids one per value, never descending
     * @param rows the number of rows; null for the last id plus 1
     */
    public static RaggedTensor fromRowIds(RaggedTensor values, Tensor ids, @Nullable Long rows) {
        return of(values, RowPartition.ofRowIds(ids, rows));
    }

    /** Rows by the row that each value belongs to. */
    public static RaggedTensor fromRowIds(Tensor values, Tensor ids, @Nullable Long rows) {
        return fromRowIds(of(values), ids, rows);
    }

    /**
     * Rows of one length.
     *
     * @param rows the number of rows; null for as many as there are values for, which rows of
     *     length 0 do not tell
     */
    public static RaggedTensor fromUniformRowLength(
            RaggedTensor values, int length, @Nullable Integer rows) {
        int count = rows != null ? rows : length == 0 ? 0 : values.rows() / length;
        if (length < 0 || count < 0 || (long) length * count != values.rows()) {
            throw new TensorException(
                    "ragged: "
                            + count
                            + " rows of length "
                            + length
                            + " do not hold "
                            + values.rows()
                            + " values");
        }
        return of(values, RowPartition.ofUniform(length, count, values.rowSplitsDtype()));
    }

    /** Rows of one length; see {@link #fromUniformRowLength(RaggedTensor, int, Integer)}. */
    public static RaggedTensor fromUniformRowLength(
            Tensor values, int length, @Nullable Integer rows) {
        return fromUniformRowLength(of(values), length, rows);
    }

    /** Flat values cut by several row splits, the outermost first. */
    public static RaggedTensor fromNestedRowSplits(Tensor flat, List<Tensor> splits) {
        var result = of(flat);
        for (var inner : splits.reversed()) {
            result = fromRowSplits(result, inner);
        }
        return result;
    }

    /** Flat values cut by several lists of row lengths, the outermost first. */
    public static RaggedTensor fromNestedRowLengths(Tensor flat, List<Tensor> lengths) {
        var result = of(flat);
        for (var inner : lengths.reversed()) {
            result = fromRowLengths(result, inner);
        }
        return result;
    }

    /** Flat values cut by several lists of row ids, the outermost first. */
    public static RaggedTensor fromNestedRowIds(Tensor flat, List<Tensor> ids) {
        var result = of(flat);
        for (var inner : ids.reversed()) {
            result = fromRowIds(result, inner, null);
        }
        return result;
    }

    /** A dense tensor with its dimensions after the first cut into rows. */
    public static RaggedTensor fromTensor(Tensor dense, int raggedRank) {
        return RaggedForms.fromTensor(dense, raggedRank, DType.INT64);
    }

    /**
     * The first {@code lengths[i]} entries of each row of a dense tensor.
     *
     * @param raggedRank which dimension is cut: with 1 the second one; the dimensions before it
     *     stay uniform, and there is a length for each row below them
     */
    public static RaggedTensor fromTensor(Tensor dense, Tensor lengths, int raggedRank) {
        return RaggedForms.fromTensor(dense, lengths, raggedRank, DType.INT64);
    }

    /**
     * The first entries of each row of a dense tensor, by lengths per dimension from the second on:
     * those of an inner dimension are as many as rows are left by the outer ones.
     */
    public static RaggedTensor fromTensor(Tensor dense, List<Tensor> lengths) {
        var outer = fromTensor(dense, lengths.getFirst(), 1);
        return lengths.size() == 1
                ? outer
                : of(
                        fromTensor(outer.flat, lengths.subList(1, lengths.size())),
                        outer.rowPartition());
    }

    /** The rows of a dense tensor without the padding at their ends. */
    public static RaggedTensor fromPadded(Tensor dense, Tensor padding, int raggedRank) {
        return RaggedForms.fromPadded(dense, padding, raggedRank, DType.INT64);
    }

    /** The rows of a sparse matrix, whose values must fill each row from the left. */
    public static RaggedTensor fromSparse(SparseTensor sparse) {
        return RaggedForms.fromSparse(sparse, DType.INT64);
    }

    /**
     * Nested Java lists of boxed scalars, such as {@code List.of(List.of(1, 2), List.of())}: as
     * many partitions as lists are nested within one another.
     *
     * @throws TensorException if scalars stand at different depths, or have different types
     */
    public static RaggedTensor ofLists(List<?> rows) {
        return RaggedLists.of(rows, null, null);
    }

    /** Nested Java lists of boxed scalars in a dtype. */
    public static RaggedTensor ofLists(List<?> rows, DType dtype) {
        return RaggedLists.of(rows, dtype, null);
    }

    /**
     * Nested Java lists of boxed scalars in a dtype, with that many partitions; the lists further
     * inside must agree in length.
     */
    public static RaggedTensor ofLists(List<?> rows, DType dtype, int raggedRank) {
        return RaggedLists.of(rows, dtype, raggedRank);
    }

    // ---- other forms
    // -----------------------------------------------------------------------------------------------------------

    /** The dense tensor with shorter rows filled up with zeros (false, empty strings). */
    public Tensor toTensor() {
        return RaggedForms.toTensor(this, null, null);
    }

    /** The dense tensor with shorter rows filled up; gradients flow to the filler, too. */
    public Tensor toTensor(Tensor filler) {
        return RaggedForms.toTensor(this, filler, null);
    }

    /**
     * The dense tensor of a shape: shorter rows are filled up, longer ones cut off.
     *
     * @param filler a scalar, or of a shape that can be stretched to that of a flat value; null for
     *     zeros
     * @param shape the wanted dimensions, {@link Shape#UNKNOWN} for that of the longest row
     */
    public Tensor toTensor(@Nullable Tensor filler, @Nullable Shape shape) {
        return RaggedForms.toTensor(this, filler, shape);
    }

    /** The sparse tensor of the same elements. */
    public SparseTensor toSparse() {
        return RaggedForms.toSparse(this);
    }

    /** Nested Java lists of boxed elements; strings are decoded as UTF-8. */
    public List<Object> toList() {
        return RaggedForms.toList(this);
    }

    /** The size of each dimension, of a ragged one that of the longest row. */
    public Shape boundingShape() {
        return Shape.of(RaggedForms.boundingShape(this));
    }

    // ---- what it is
    // -----------------------------------------------------------------------------------------------------------

    /** The element type. */
    public DType dtype() {
        return flat.dtype();
    }

    /** The type of the row splits; int64 where there are none. */
    public DType rowSplitsDtype() {
        return partitions.isEmpty() ? DType.INT64 : partitions.getFirst().dtype();
    }

    /** The number of ragged dimensions at most: that of partitions. */
    public int raggedRank() {
        return partitions.size();
    }

    /** The number of dimensions. */
    public int rank() {
        return partitions.size() + flat.rank();
    }

    /** The values without partitions. */
    public Tensor flatValues() {
        return flat;
    }

    /** The partitions, the outermost first. */
    public List<RowPartition> partitions() {
        return partitions;
    }

    /** The outermost partition. */
    public RowPartition rowPartition() {
        if (partitions.isEmpty()) {
            throw new TensorException(
                    "ragged: a dense tensor " + flat.type() + " has no row partition");
        }
        return partitions.getFirst();
    }

    /** What the outermost partition cuts. */
    public RaggedTensor values() {
        rowPartition();
        return new RaggedTensor(flat, partitions.subList(1, partitions.size()));
    }

    /** The number of rows: the size of the outermost dimension. */
    public int rows() {
        if (!partitions.isEmpty()) {
            return partitions.getFirst().rows();
        }
        if (flat.rank() == 0) {
            throw new TensorException("ragged: a scalar " + flat.type() + " has no rows");
        }
        return flat.shape().dim(0);
    }

    /**
     * The lengths of rows along an axis: for axis 1 a vector, further inside one length per row,
     * cut as the rows are; for axis 0 the number of rows.
     */
    public RaggedTensor rowLengths(int axis) {
        int a = RaggedReductions.axis(this, axis);
        if (a == 0) {
            return of(Tensor.of((long) rows()).cast(rowSplitsDtype()));
        }
        var cut = Rows.cut(this, a).partitions;
        return of(cut.get(a - 1).lengths(), cut.subList(0, a - 1));
    }

    /** The dimensions; {@link Shape#UNKNOWN} where rows may differ in length. */
    public Shape shape() {
        if (partitions.isEmpty()) {
            return flat.shape();
        }
        var dims = new int[rank()];
        dims[0] = rows();
        for (int i = 0; i < partitions.size(); i++) {
            dims[i + 1] = partitions.get(i).uniformLength();
        }
        for (int i = 1; i < flat.rank(); i++) {
            dims[partitions.size() + i] = flat.shape().dim(i);
        }
        return Shape.of(dims);
    }

    /** Other flat values under the same partitions. */
    public RaggedTensor withFlatValues(Tensor values) {
        return of(values, partitions);
    }

    /** The same with row splits of another type. */
    public RaggedTensor withRowSplitsDtype(DType dtype) {
        return new RaggedTensor(flat, partitions.stream().map(p -> p.with(dtype)).toList());
    }

    /** The splits of each partition, the outermost first. */
    public List<Tensor> nestedRowSplits() {
        return partitions.stream().map(RowPartition::splits).toList();
    }

    // ---- the most used operations
    // -----------------------------------------------------------------------------------------------------------

    /** Elementwise sum; see {@link RaggedElements} for what fits together. */
    public RaggedTensor plus(RaggedTensor other) {
        return RaggedElements.binary(Tensor::plus, this, other);
    }

    /** Elementwise difference. */
    public RaggedTensor minus(RaggedTensor other) {
        return RaggedElements.binary(Tensor::minus, this, other);
    }

    /** Elementwise product. */
    public RaggedTensor times(RaggedTensor other) {
        return RaggedElements.binary(Tensor::times, this, other);
    }

    /** Elementwise true division. */
    public RaggedTensor div(RaggedTensor other) {
        return RaggedElements.binary(Tensor::div, this, other);
    }

    /** Applies a function, which keeps the number of flat values, to the flat values. */
    public RaggedTensor map(UnaryOperator<Tensor> function) {
        return RaggedElements.map(function, this);
    }

    /** The sum over some axes; over all when none is given. */
    public RaggedTensor sum(int... axes) {
        return RaggedReductions.sum(this, false, axes);
    }

    /** The mean over some axes; over all when none is given. */
    public RaggedTensor mean(int... axes) {
        return RaggedReductions.mean(this, false, axes);
    }

    /** The maximum over some axes; over all when none is given. */
    public RaggedTensor max(int... axes) {
        return RaggedReductions.max(this, false, axes);
    }

    /** Indexing with what Python writes between the brackets: {@code x.get("1:, :2")}. */
    public RaggedTensor get(String index) {
        return RaggedIndexing.get(this, Slice.parse(index));
    }

    /** Indexing by integers, one per leading dimension; negative ones count from the end. */
    public RaggedTensor get(int... index) {
        return RaggedIndexing.get(this, Slice.at(index));
    }

    /** As TensorFlow prints it: {@code <tf.RaggedTensor [[1, 2], []]>}. */
    @Override
    public String toString() {
        return RaggedPrinter.print(this);
    }
}
