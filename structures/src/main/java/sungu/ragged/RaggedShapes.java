package sungu.ragged;

import sungu.ops.Movements;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Joining, repeating and reversing ragged tensors, and adding and taking away dimensions. */
public final class RaggedShapes {
    private RaggedShapes() {}

    // ---- joins
    // -----------------------------------------------------------------------------------------------------------

    /**
     * Tensors joined along an axis. Along axis 0 rows follow rows; along a ragged one each row is
     * the joined rows of all, and the dimensions before it must be cut alike.
     */
    public static RaggedTensor concat(List<RaggedTensor> tensors, int axis) {
        var first = first("concat", tensors);
        int a = RaggedReductions.axis(first, axis);
        if (tensors.size() == 1) {
            return first;
        }
        if (tensors.stream().allMatch(x -> x.raggedRank() == 0)) {
            return RaggedTensor.of(
                    Movements.concat(tensors.stream().map(RaggedTensor::flatValues).toList(), a));
        }
        return joined(alike(tensors, 1), a);
    }

    private static RaggedTensor first(String name, List<RaggedTensor> tensors) {
        if (tensors.isEmpty()) {
            throw new TensorException(name + ": no tensors given");
        }
        for (var tensor : tensors) {
            if (tensor.rank() != tensors.getFirst().rank()) {
                throw new TensorException(
                        name
                                + ": "
                                + tensors.getFirst().shape()
                                + " and "
                                + tensor.shape()
                                + " have different ranks");
            }
        }
        return tensors.getFirst();
    }

    /** The tensors with one number of partitions and one type of splits. */
    private static List<RaggedTensor> alike(List<RaggedTensor> tensors, int least) {
        int cuts = tensors.stream().mapToInt(RaggedTensor::raggedRank).max().orElse(0);
        var dtype =
                tensors.stream()
                        .filter(x -> x.raggedRank() > 0)
                        .map(RaggedTensor::rowSplitsDtype)
                        .findFirst()
                        .orElse(sungu.tensor.DType.INT64);
        return tensors.stream()
                .map(x -> {
                    if (x.raggedRank() > 0 && x.rowSplitsDtype() != dtype) {
                        throw new TensorException(
                                "ragged: row splits of " + dtype + " and " + x.rowSplitsDtype(),
                                "use withRowSplitsDtype to make them alike");
                    }
                    return Rows.cut(x, Math.max(cuts, least)).withRowSplitsDtype(dtype);
                })
                .toList();
    }

    private static RaggedTensor joined(List<RaggedTensor> tensors, int axis) {
        var first = tensors.getFirst();
        if (first.raggedRank() == 0) {
            return RaggedTensor.of(
                    Movements.concat(
                            tensors.stream().map(RaggedTensor::flatValues).toList(), axis));
        }
        if (axis == 0) {
            return below(tensors);
        }
        int rows = first.rows();
        if (axis > 1) {
            for (var tensor : tensors) {
                if (!tensor.rowPartition().sameAs(first.rowPartition())) {
                    throw new TensorException(
                            "concat: the rows before axis " + axis + " differ in length");
                }
            }
            return RaggedTensor.of(
                    joined(tensors.stream().map(RaggedTensor::values).toList(), axis - 1),
                    first.rowPartition());
        }
        var values = below(tensors.stream().map(RaggedTensor::values).toList());
        var order = new Indices();
        var offsets = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            int shift = 0;
            for (var tensor : tensors) {
                var partition = tensor.rowPartition();
                if (partition.rows() != rows) {
                    throw new TensorException(
                            "concat: "
                                    + first.shape()
                                    + " and "
                                    + tensor.shape()
                                    + " have different numbers of rows");
                }
                for (int k = partition.offsets()[row]; k < partition.offsets()[row + 1]; k++) {
                    order.accept(shift + k);
                }
                shift += partition.values();
            }
            offsets[row + 1] = order.size();
        }
        return RaggedTensor.of(
                Rows.take(values, order.toArray()),
                RowPartition.ofOffsets(offsets, first.rowSplitsDtype()));
    }

    /** Rows of all tensors below one another. */
    private static RaggedTensor below(List<RaggedTensor> tensors) {
        var first = tensors.getFirst();
        var partitions = new ArrayList<RowPartition>();
        for (int level = 0; level < first.raggedRank(); level++) {
            var offsets = new Indices();
            offsets.accept(0);
            int shift = 0;
            int uniform = first.partitions().get(level).uniformLength();
            for (var tensor : tensors) {
                var partition = tensor.partitions().get(level);
                uniform = partition.uniformLength() == uniform ? uniform : -1;
                for (int row = 1; row <= partition.rows(); row++) {
                    offsets.accept(shift + partition.offsets()[row]);
                }
                shift += partition.values();
            }
            partitions.add(
                    RowPartition.ofOffsets(offsets.toArray(), first.rowSplitsDtype(), uniform));
        }
        return RaggedTensor.of(
                Movements.concat(tensors.stream().map(RaggedTensor::flatValues).toList(), 0),
                partitions);
    }

    /** Tensors of one rank as the entries of a new dimension; dense ones may differ in shape. */
    public static RaggedTensor stack(List<RaggedTensor> tensors, int axis) {
        var first = first("stack", tensors);
        int rank = first.rank();
        int a = axis < 0 ? axis + rank + 1 : axis;
        if (a < 0 || a > rank) {
            throw new TensorException(
                    "stack: axis " + axis + " is out of range for tensors of rank " + rank);
        }
        if (rank == 0) {
            return RaggedTensor.of(
                    Movements.stack(tensors.stream().map(RaggedTensor::flatValues).toList(), 0));
        }
        boolean dense = tensors.stream().allMatch(x -> x.raggedRank() == 0);
        var ready = dense && rank == 1 && a == 1 ? tensors : alike(tensors, dense ? 0 : 1);
        if (a > first.raggedRank() && tensors.stream().allMatch(x -> x.raggedRank() < a)) {
            return concat(ready.stream().map(x -> expandDims(x, a)).toList(), a);
        }
        int cuts = a > 0 ? 1 : lastDifference(ready) + 1;
        return joined(alike(ready.stream().map(x -> wrapped(x, a)).toList(), Math.max(1, cuts)), a);
    }

    /** The last dimension in which dense tensors differ; -1 for none. */
    private static int lastDifference(List<RaggedTensor> tensors) {
        for (int axis = tensors.getFirst().rank() - 1; axis >= 0; axis--) {
            for (var tensor : tensors) {
                if (tensor.shape().dim(axis) != tensors.getFirst().shape().dim(axis)) {
                    return axis;
                }
            }
        }
        return -1;
    }

    /** As {@link #expandDims}, with a partition also around a dense tensor. */
    private static RaggedTensor wrapped(RaggedTensor x, int axis) {
        return Rows.cut(expandDims(x, axis), Math.max(axis, 1));
    }

    // ---- dimensions
    // -----------------------------------------------------------------------------------------------------------

    /** The tensor with a dimension of size 1 more; a negative axis counts from the new end. */
    public static RaggedTensor expandDims(RaggedTensor x, int axis) {
        int a = axis < 0 ? axis + x.rank() + 1 : axis;
        if (a < 0 || a > x.rank()) {
            throw new TensorException(
                    "expandDims: axis " + axis + " is out of range for " + x.shape());
        }
        if (x.raggedRank() == 0) {
            return RaggedTensor.of(Movements.expandDims(x.flatValues(), a));
        }
        var dtype = x.rowSplitsDtype();
        return switch (a) {
            case 0 -> RaggedTensor.of(x, RowPartition.ofUniform(x.rows(), 1, dtype));
            case 1 -> RaggedTensor.of(x, RowPartition.ofUniform(1, x.rows(), dtype));
            default -> RaggedTensor.of(expandDims(x.values(), a - 1), x.rowPartition());
        };
    }

    /**
     * The tensor without some dimensions of size 1; none given takes all that are known to be 1.
     */
    public static RaggedTensor squeeze(RaggedTensor x, int... axes) {
        if (x.raggedRank() == 0) {
            return RaggedTensor.of(Movements.squeeze(x.flatValues(), axes));
        }
        var normal = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            normal[i] = RaggedReductions.axis(x, axes[i]);
        }
        if (axes.length == 0) {
            var found = new Indices();
            for (int i = 0; i < x.rank(); i++) {
                if (x.shape().dim(i) == 1) {
                    found.accept(i);
                }
            }
            normal = found.toArray();
        }
        Arrays.sort(normal);
        var result = x;
        for (int i = normal.length - 1; i >= 0; i--) {
            result = without(result, normal[i]);
        }
        return result;
    }

    private static RaggedTensor without(RaggedTensor x, int axis) {
        if (x.raggedRank() == 0) {
            return RaggedTensor.of(Movements.squeeze(x.flatValues(), axis));
        }
        var partition = x.rowPartition();
        if (axis > 1) {
            return RaggedTensor.of(without(x.values(), axis - 1), partition);
        }
        boolean single =
                axis == 0
                        ? partition.rows() == 1
                        : partition.values() == partition.rows() && partition.longest() <= 1;
        if (!single) {
            throw new TensorException(
                    "squeeze: dimension " + axis + " of " + x.shape() + " is not of size 1");
        }
        return x.values();
    }

    /** The tensor with the dimensions from one axis to another, inclusively, as a single one. */
    public static RaggedTensor mergeDims(RaggedTensor x, int outer, int inner) {
        int from = RaggedReductions.axis(x, outer);
        int to = RaggedReductions.axis(x, inner);
        if (from > to) {
            throw new TensorException("mergeDims: axis " + outer + " is not before axis " + inner);
        }
        if (from == to) {
            return x;
        }
        if (x.raggedRank() == 0) {
            var dims = x.shape();
            int merged = dims.slice(from, to + 1).size();
            return RaggedTensor.of(
                    Movements.reshape(
                            x.flatValues(),
                            dims.slice(0, from)
                                    .insert(from, merged)
                                    .concat(dims.slice(to + 1, x.rank()))));
        }
        if (from > 0) {
            if (from == 1) {
                return mergedRows(x, to);
            }
            return RaggedTensor.of(mergeDims(x.values(), from - 1, to - 1), x.rowPartition());
        }
        return mergeDims(x.values(), 0, to - 1);
    }

    /** Merges axis 1 with those up to {@code to}: rows become the rows of what they hold. */
    private static RaggedTensor mergedRows(RaggedTensor x, int to) {
        var cut = Rows.cut(x, to);
        var offsets = cut.rowPartition().offsets().clone();
        var values = cut.values();
        for (int level = 1; level < to; level++) {
            var next = values.rowPartition().offsets();
            Arrays.setAll(offsets, i -> next[offsets[i]]);
            values = values.values();
        }
        return RaggedTensor.of(values, RowPartition.ofOffsets(offsets, x.rowSplitsDtype()));
    }

    /**
     * The tensor with its uniform inner partitions as dense dimensions; all, if that is possible.
     */
    static RaggedTensor flatten(RaggedTensor x) {
        return Rows.dense(x);
    }

    // ---- repeating, reversing, splitting
    // -----------------------------------------------------------------------------------------------------------

    /** The tensor repeated along each dimension, one number per dimension. */
    public static RaggedTensor tile(RaggedTensor x, int... times) {
        if (times.length != x.rank() || Arrays.stream(times).anyMatch(t -> t < 0)) {
            throw new TensorException(
                    "tile: "
                            + Arrays.toString(times)
                            + " must have one number, not negative, per dimension of "
                            + x.shape());
        }
        if (x.raggedRank() == 0) {
            return RaggedTensor.of(Movements.tile(x.flatValues(), times));
        }
        var rows = new Indices();
        repeat(x.rows(), times[0], rows);
        var levels = new ArrayList<Rows.Children>();
        for (int level = 0; level < x.raggedRank(); level++) {
            int count = times[level + 1];
            levels.add((length, chosen) -> repeat(length, count, chosen));
        }
        var repeated = Rows.rebuild(x, rows.toArray(), levels);
        var inner = new int[x.flatValues().rank()];
        inner[0] = 1;
        System.arraycopy(times, x.raggedRank() + 1, inner, 1, inner.length - 1);
        return repeated.withFlatValues(Movements.tile(repeated.flatValues(), inner));
    }

    private static void repeat(int length, int times, java.util.function.IntConsumer chosen) {
        for (int t = 0; t < times; t++) {
            for (int i = 0; i < length; i++) {
                chosen.accept(i);
            }
        }
    }

    /** The tensor with some dimensions in reverse order; a ragged one within each row. */
    public static RaggedTensor reverse(RaggedTensor x, int... axes) {
        var reversed = new boolean[x.rank()];
        for (int axis : axes) {
            reversed[RaggedReductions.axis(x, axis)] = true;
        }
        if (x.raggedRank() == 0) {
            return RaggedTensor.of(Movements.reverse(x.flatValues(), axes));
        }
        var rows = new Indices();
        backwards(x.rows(), reversed[0], rows);
        var levels = new ArrayList<Rows.Children>();
        for (int level = 0; level < x.raggedRank(); level++) {
            boolean back = reversed[level + 1];
            levels.add((length, chosen) -> backwards(length, back, chosen));
        }
        var turned = Rows.rebuild(x, rows.toArray(), levels);
        var inner = new Indices();
        for (int i = x.raggedRank() + 1; i < x.rank(); i++) {
            if (reversed[i]) {
                inner.accept(i - x.raggedRank());
            }
        }
        return inner.size() == 0
                ? turned
                : turned.withFlatValues(Movements.reverse(turned.flatValues(), inner.toArray()));
    }

    private static void backwards(int length, boolean back, java.util.function.IntConsumer chosen) {
        for (int i = 0; i < length; i++) {
            chosen.accept(back ? length - 1 - i : i);
        }
    }

    /**
     * The tensor cut into parts of these sizes along an axis; a ragged inner dimension can't be
     * cut.
     *
     * @param sizes one may be -1 and is worked out, where the axis is not the outermost
     */
    public static List<RaggedTensor> split(RaggedTensor x, int[] sizes, int axis) {
        int a = RaggedReductions.axis(x, axis);
        int length = a == 0 ? x.rows() : x.shape().dim(a);
        if (length < 0) {
            throw new TensorException("split: axis " + axis + " of " + x.shape() + " is ragged");
        }
        var parts = new ArrayList<RaggedTensor>();
        int from = 0;
        for (int size : sizes) {
            if (size < 0 || from + size > length) {
                throw new TensorException(
                        "split: sizes " + Arrays.toString(sizes) + " for a dimension of " + length);
            }
            var index = new ArrayList<sungu.tensor.Slice>();
            for (int i = 0; i < a; i++) {
                index.add(sungu.tensor.Slice.ALL);
            }
            index.add(sungu.tensor.Slice.of(from, from + size));
            parts.add(RaggedIndexing.get(x, index));
            from += size;
        }
        if (from != length) {
            throw new TensorException(
                    "split: sizes " + Arrays.toString(sizes) + " for a dimension of " + length);
        }
        return parts;
    }

    /** The tensor cut into parts of one size along an axis. */
    public static List<RaggedTensor> split(RaggedTensor x, int parts, int axis) {
        int a = RaggedReductions.axis(x, axis);
        int length = a == 0 ? x.rows() : x.shape().dim(a);
        if (length < 0 || parts <= 0 || length % parts != 0) {
            throw new TensorException(
                    "split: axis "
                            + axis
                            + " of "
                            + x.shape()
                            + " can't be cut into "
                            + parts
                            + " equal parts");
        }
        var sizes = new int[parts];
        Arrays.fill(sizes, length / parts);
        return split(x, sizes, axis);
    }
}
