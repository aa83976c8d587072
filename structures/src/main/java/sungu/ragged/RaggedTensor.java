package sungu.ragged;

import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;

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
}
