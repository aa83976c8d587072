package sungu.ragged;

import org.jspecify.annotations.Nullable;

import sungu.ops.Elements;
import sungu.ops.Sorting;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.Arrays;

/**
 * How a sequence of values is cut into rows: row {@code i} holds the values from {@code splits[i]}
 * to {@code splits[i + 1]}.
 *
 * <p>The splits are int64 or int32; partitions of one ragged tensor share the type. A partition
 * whose rows were declared to have one length knows it.
 */
public final class RowPartition {
    private final Tensor splits;
    private final int values;
    private final int uniform;
    private int @Nullable [] offsets;

    private RowPartition(Tensor splits, int values, int uniform) {
        this.splits = splits;
        this.values = values;
        this.uniform = uniform;
    }

    /**
     * A partition of that many values by its splits.
     *
     * @param splits int64 or int32; a vector that begins with 0, never descends and ends with
     *     {@code values}. That is not checked where the splits are traced and have no value yet
     */
    public static RowPartition ofSplits(Tensor splits, int values) {
        requireIndices("row splits", splits.type());
        if (splits.size() == 0) {
            throw new TensorException("row splits: none given", "no rows at all are splits [0]");
        }
        var partition = new RowPartition(splits, values, -1);
        if (splits instanceof HostTensor host) {
            check(host, values);
        }
        return partition;
    }

    private static void check(HostTensor splits, int values) {
        long before = 0;
        for (int i = 0; i < splits.size(); i++) {
            long at = splits.integer(i);
            if (at < before || i == 0 && at != 0) {
                throw new TensorException(
                        "row splits: splits["
                                + i
                                + "] = "
                                + at
                                + (i == 0 ? "" : " after " + before),
                        "row splits begin with 0 and never descend");
            }
            before = at;
        }
        if (before != values) {
            throw new TensorException(
                    "row splits: they end with " + before + ", but there are " + values + " values",
                    "the last split is the number of values");
        }
    }

    /** A partition into rows of these lengths. */
    public static RowPartition ofLengths(Tensor lengths, int values) {
        requireIndices("row lengths", lengths.type());
        var splits = new long[lengths.size() + 1];
        var host = lengths.host();
        for (int i = 0; i < host.size(); i++) {
            if (host.integer(i) < 0) {
                throw new TensorException(
                        "row lengths: lengths[" + i + "] = " + host.integer(i) + " is negative");
            }
            splits[i + 1] = splits[i] + host.integer(i);
        }
        return ofSplits(vector(lengths.dtype(), splits), values);
    }

    /** A partition into rows that start at these positions; the last one ends with the values. */
    public static RowPartition ofStarts(Tensor starts, int values) {
        requireIndices("row starts", starts.type());
        var splits = Arrays.copyOf(starts.toLongs(), starts.size() + 1);
        splits[starts.size()] = values;
        return ofSplits(vector(starts.dtype(), splits), values);
    }

    /** A partition into rows that end before these positions; the first one starts at 0. */
    public static RowPartition ofLimits(Tensor limits, int values) {
        requireIndices("row limits", limits.type());
        var splits = new long[limits.size() + 1];
        System.arraycopy(limits.toLongs(), 0, splits, 1, limits.size());
        return ofSplits(vector(limits.dtype(), splits), values);
    }

    /**
     * A partition by the row that each value belongs to.
     *
     * @param ids one per value, never descending
     * @param rows the number of rows; null for the last id plus 1
     */
    public static RowPartition ofRowIds(Tensor ids, @Nullable Long rows) {
        requireIndices("row ids", ids.type());
        var numbers = ids.toLongs();
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < (i == 0 ? 0 : numbers[i - 1])) {
                throw new TensorException(
                        "row ids: ids["
                                + i
                                + "] = "
                                + numbers[i]
                                + (i == 0 ? "" : " after " + numbers[i - 1]),
                        "row ids are not negative and never descend");
            }
        }
        long last = numbers.length == 0 ? -1 : numbers[numbers.length - 1];
        long count = rows == null ? last + 1 : rows;
        if (count < 0 || last >= count) {
            throw new TensorException("row ids: id " + last + " with " + count + " rows");
        }
        var splits = new long[Math.toIntExact(count) + 1];
        for (long id : numbers) {
            splits[(int) id + 1]++;
        }
        for (int i = 1; i < splits.length; i++) {
            splits[i] += splits[i - 1];
        }
        return new RowPartition(vector(ids.dtype(), splits), numbers.length, -1);
    }

    /** For each value the row that it belongs to, by splits that need not begin with 0. */
    public static Tensor idsOfSplits(Tensor splits) {
        requireIndices("row splits", splits.type());
        if (splits.size() == 0) {
            throw new TensorException("row splits: none given", "no rows at all are splits [0]");
        }
        var at = splits.toLongs();
        long first = at[0];
        Arrays.setAll(at, i -> at[i] - first);
        return ofSplits(vector(splits.dtype(), at), Math.toIntExact(at[at.length - 1])).rowIds();
    }

    /** The row splits of values that belong to these rows, in any order. */
    public static Tensor splitsOfIds(Tensor ids, @Nullable Long rows) {
        var sorted = ids.toLongs();
        Arrays.sort(sorted);
        return ofRowIds(vector(ids.dtype(), sorted), rows).splits();
    }

    /** A partition into rows of one length. */
    public static RowPartition ofUniform(int length, int rows, DType dtype) {
        if (length < 0 || rows < 0) {
            throw new TensorException(
                    "uniform rows: neither the length "
                            + length
                            + " nor the number "
                            + rows
                            + " may be negative");
        }
        var splits = new long[rows + 1];
        Arrays.setAll(splits, i -> (long) i * length);
        return new RowPartition(vector(dtype, splits), Math.multiplyExact(length, rows), length);
    }

    /** A partition by offsets that are known to be right. */
    static RowPartition ofOffsets(int[] offsets, DType dtype) {
        return ofOffsets(offsets, dtype, -1);
    }

    /** A partition by offsets that are known to be right, with rows of one length or -1. */
    static RowPartition ofOffsets(int[] offsets, DType dtype, int uniform) {
        var splits = new long[offsets.length];
        Arrays.setAll(splits, i -> offsets[i]);
        return new RowPartition(vector(dtype, splits), offsets[offsets.length - 1], uniform);
    }

    static Tensor vector(DType dtype, long[] numbers) {
        if (dtype == DType.INT64) {
            return new HostTensor(dtype, Shape.of(numbers.length), numbers);
        }
        return new HostTensor(
                dtype,
                Shape.of(numbers.length),
                Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray());
    }

    private static void requireIndices(String what, TensorType type) {
        if (type.shape().rank() != 1
                || type.dtype() != DType.INT64 && type.dtype() != DType.INT32) {
            throw new TensorException(
                    what + ": must be a vector of int64 or int32, got " + type,
                    "cast them: splits.cast(DType.INT64)");
        }
    }

    /** The type of the splits: int64 or int32. */
    public DType dtype() {
        return splits.dtype();
    }

    /** The number of rows. */
    public int rows() {
        return splits.size() - 1;
    }

    /** The number of values in all rows. */
    public int values() {
        return values;
    }

    /** The length of all rows if it was declared to be one; else -1. */
    public int uniformLength() {
        return uniform;
    }

    /** Where rows start and end: a vector with one entry more than there are rows. */
    public Tensor splits() {
        return splits;
    }

    /** Where each row starts. */
    public Tensor starts() {
        return splits.get(sungu.tensor.Slice.to(-1));
    }

    /** Where each row ends, exclusively. */
    public Tensor limits() {
        return splits.get(sungu.tensor.Slice.from(1));
    }

    /** The length of each row. */
    public Tensor lengths() {
        return limits().minus(starts());
    }

    /** For each value the row that it belongs to. */
    public Tensor rowIds() {
        if (splits instanceof HostTensor) {
            var ids = new long[values];
            var at = offsets();
            for (int row = 0; row < rows(); row++) {
                Arrays.fill(ids, at[row], at[row + 1], row);
            }
            return vector(dtype(), ids);
        }
        var positions = sungu.ops.Movements.iota(values, dtype());
        return Elements.cast(Sorting.searchSorted(limits(), positions, true), dtype());
    }

    /** The splits as Java ints; in a trace, of splits that have no value, an error. */
    int[] offsets() {
        var known = offsets;
        if (known == null) {
            known = splits.toInts();
            offsets = known;
        }
        return known;
    }

    /** The length of a row. */
    int length(int row) {
        return offsets()[row + 1] - offsets()[row];
    }

    /** The length of the longest row, 0 if there is none. */
    int longest() {
        if (uniform >= 0) {
            return uniform;
        }
        int longest = 0;
        for (int row = 0; row < rows(); row++) {
            longest = Math.max(longest, length(row));
        }
        return longest;
    }

    /** The same rows with splits of another type. */
    public RowPartition with(DType dtype) {
        requireIndices("row splits", splits.type().with(dtype));
        return dtype == dtype() ? this : new RowPartition(splits.cast(dtype), values, uniform);
    }

    /** Whether two partitions cut alike; that of traced splits is the same object only. */
    boolean sameAs(RowPartition other) {
        return this == other
                || splits instanceof HostTensor
                        && other.splits instanceof HostTensor
                        && Arrays.equals(offsets(), other.offsets());
    }

    @Override
    public String toString() {
        return "RowPartition(splits=" + splits + ")";
    }
}
