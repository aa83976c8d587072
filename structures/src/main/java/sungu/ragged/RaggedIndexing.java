package sungu.ragged;

import org.jspecify.annotations.Nullable;

import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Slice;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Parts of ragged tensors: by Python's brackets, by positions, by masks. */
public final class RaggedIndexing {
    private RaggedIndexing() {}

    // ---- brackets
    // -----------------------------------------------------------------------------------------------------------

    /**
     * Indexing as between Python's brackets. An integer takes a row of the outermost dimension or
     * of a uniform one; in a ragged inner dimension rows have no common positions, so only slices
     * are allowed there.
     */
    public static RaggedTensor get(RaggedTensor x, List<Slice> index) {
        int open = index.indexOf(Slice.ELLIPSIS);
        int named = 0;
        for (int i = 0; i < index.size(); i++) {
            named += i == open || index.get(i) instanceof Slice.NewAxis ? 0 : 1;
        }
        if (named > x.rank()) {
            throw new TensorException(
                    "index "
                            + Slice.text(index)
                            + " names "
                            + named
                            + " dimensions of "
                            + x.shape());
        }
        var full = new ArrayList<Slice>();
        for (int i = 0; i < index.size(); i++) {
            if (i == open) {
                full.addAll(Collections.nCopies(x.rank() - named, Slice.ALL));
            } else {
                // Any further ellipsis stands for a single dimension, as in Python.
                full.add(index.get(i) instanceof Slice.Ellipsis ? Slice.ALL : index.get(i));
            }
        }
        return rows(x, full);
    }

    private static RaggedTensor rows(RaggedTensor x, List<Slice> index) {
        if (index.isEmpty()) {
            return x;
        }
        if (x.raggedRank() == 0) {
            return RaggedTensor.of(Indexing.get(x.flatValues(), index));
        }
        var rest = index.subList(1, index.size());
        return switch (index.getFirst()) {
            case Slice.At at -> {
                int row = at.index() < 0 ? at.index() + x.rows() : at.index();
                if (row < 0 || row >= x.rows()) {
                    throw new TensorException(
                            "index " + at.index() + " is out of range for " + x.rows() + " rows");
                }
                var offsets = x.rowPartition().offsets();
                yield rows(
                        Rows.take(x.values(), Indices.range(offsets[row], offsets[row + 1])), rest);
            }
            case Slice.Range range -> inner(Rows.take(x, positions(range, x.rows())), rest);
            case Slice.NewAxis _ -> RaggedShapes.expandDims(rows(x, rest), 0);
            case Slice.Ellipsis _ -> throw new IllegalStateException("an ellipsis is left");
        };
    }

    /** Applies an index to all dimensions but the outermost. */
    private static RaggedTensor inner(RaggedTensor x, List<Slice> index) {
        if (index.isEmpty()) {
            return x;
        }
        if (x.raggedRank() == 0) {
            var whole = new ArrayList<Slice>();
            whole.add(Slice.ALL);
            whole.addAll(index);
            return RaggedTensor.of(Indexing.get(x.flatValues(), whole));
        }
        var rest = index.subList(1, index.size());
        var partition = x.rowPartition();
        return switch (index.getFirst()) {
            case Slice.NewAxis _ -> RaggedShapes.expandDims(inner(x, rest), 1);
            case Slice.Range range -> {
                var sliced =
                        Rows.rebuild(
                                x,
                                Indices.range(0, x.rows()),
                                List.of((length, chosen) -> {
                                    for (int position : positions(range, length)) {
                                        chosen.accept(position);
                                    }
                                }));
                yield RaggedTensor.of(inner(sliced.values(), rest), sliced.rowPartition());
            }
            case Slice.At at -> {
                int length = partition.uniformLength();
                int position = at.index() < 0 ? at.index() + length : at.index();
                if (length < 0) {
                    throw new TensorException(
                            "index "
                                    + at.index()
                                    + " stands for a ragged dimension of "
                                    + x.shape(),
                            "rows of different lengths have no common positions: use a slice, or"
                                    + " toTensor");
                }
                if (position < 0 || position >= length) {
                    throw new TensorException(
                            "index " + at.index() + " is out of range for rows of " + length);
                }
                var chosen = new int[x.rows()];
                Arrays.setAll(chosen, row -> partition.offsets()[row] + position);
                yield inner(Rows.take(x.values(), chosen), rest);
            }
            case Slice.Ellipsis _ -> throw new IllegalStateException("an ellipsis is left");
        };
    }

    /** The positions that a range names among {@code length} ones, as in Python. */
    static int[] positions(Slice.Range range, int length) {
        int step = range.step();
        if (step == 0) {
            throw new TensorException("index: the step of a slice can't be 0");
        }
        int low = step > 0 ? 0 : -1;
        int high = step > 0 ? length : length - 1;
        int start = bound(range.start(), length, low, high, step > 0 ? low : high);
        int stop = bound(range.stop(), length, low, high, step > 0 ? high : low);
        var positions = new Indices();
        for (int i = start; step > 0 ? i < stop : i > stop; i += step) {
            positions.accept(i);
        }
        return positions.toArray();
    }

    private static int bound(
            @Nullable Integer given, int length, int low, int high, int otherwise) {
        if (given == null) {
            return otherwise;
        }
        int at = given < 0 ? given + length : given;
        return Math.clamp(at, low, high);
    }

    // ---- positions
    // -----------------------------------------------------------------------------------------------------------

    /** Rows at positions: of the shape of the positions, and then that of a row. */
    public static RaggedTensor gather(RaggedTensor x, RaggedTensor positions) {
        return gather(x, positions, 0, 0);
    }

    /**
     * What stands at positions along an axis; the first {@code batch} dimensions, which come before
     * the axis, are shared with the positions.
     *
     * @param positions int32 or int64, not negative, dense or ragged
     */
    public static RaggedTensor gather(RaggedTensor x, RaggedTensor positions, int axis, int batch) {
        int b = batch < 0 ? batch + positions.rank() : batch;
        int a = axis == 0 && b > 0 ? b : RaggedReductions.axis(x, axis);
        if (b < 0 || b > a || b > positions.rank()) {
            throw new TensorException(
                    "gather: "
                            + batch
                            + " batch dimensions do not fit to axis "
                            + axis
                            + " and positions of rank "
                            + positions.rank());
        }
        if (!positions.dtype().isInteger()) {
            throw new TensorException(
                    "gather: positions must be integers, got " + positions.dtype());
        }
        if (x.raggedRank() == 0 && positions.raggedRank() == 0) {
            return RaggedTensor.of(Indexing.gather(x.flatValues(), positions.flatValues(), a, b));
        }
        if (a == 0) {
            return rowsAt(x, positions);
        }
        if (x.rows() == 0) {
            var dims = new int[x.rank() - 1 + positions.rank() - b];
            return RaggedTensor.of(Tensor.zeros(Shape.of(dims), x.dtype()));
        }
        if (b > 0 && positions.rows() != x.rows()) {
            throw new TensorException(
                    "gather: "
                            + x.shape()
                            + " and positions "
                            + positions.shape()
                            + " differ in a batch dimension");
        }
        var parts = new ArrayList<RaggedTensor>();
        for (int row = 0; row < x.rows(); row++) {
            parts.add(
                    gather(
                            x.get(row),
                            b > 0 ? positions.get(row) : positions,
                            a - 1,
                            Math.max(b - 1, 0)));
        }
        boolean dense = parts.stream().allMatch(part -> part.raggedRank() == 0);
        var stacked = RaggedShapes.stack(parts, 0);
        return dense && positions.raggedRank() == 0 ? RaggedShapes.flatten(stacked) : stacked;
    }

    private static RaggedTensor rowsAt(RaggedTensor x, RaggedTensor positions) {
        if (x.raggedRank() == 0) {
            var taken = Indexing.gather(x.flatValues(), positions.flatValues(), 0);
            return RaggedTensor.of(taken, positions.partitions());
        }
        if (positions.rank() == 0) {
            return get(x, List.of(Slice.at(checked(positions.flatValues().toInts(), x.rows())[0])));
        }
        var cut = Rows.cut(positions, positions.rank() - 1);
        var taken = Rows.take(x, checked(cut.flatValues().toInts(), x.rows()));
        var result = taken;
        for (int level = cut.raggedRank() - 1; level >= 0; level--) {
            result = RaggedTensor.of(result, cut.partitions().get(level).with(x.rowSplitsDtype()));
        }
        return result;
    }

    private static int[] checked(int[] positions, int rows) {
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] < 0 || positions[i] >= rows) {
                throw new TensorException(
                        "gather: positions["
                                + i
                                + "] = "
                                + positions[i]
                                + " is not in [0, "
                                + rows
                                + ")",
                        "negative positions do not count from the end here");
            }
        }
        return positions;
    }

    /**
     * What index vectors, the last dimension of {@code vectors}, name: each goes as many dimensions
     * down as it is long.
     */
    public static RaggedTensor gatherNd(RaggedTensor x, RaggedTensor vectors) {
        if (vectors.raggedRank() > 0) {
            if (vectors.flatValues().rank() < 2) {
                throw new TensorException(
                        "gatherNd: the vectors of " + vectors.shape() + " have different lengths");
            }
            var flat = gatherNd(x, RaggedTensor.of(vectors.flatValues()));
            var result = flat;
            for (int level = vectors.raggedRank() - 1; level >= 0; level--) {
                result = RaggedTensor.of(result, vectors.partitions().get(level));
            }
            return result;
        }
        var dense = vectors.flatValues();
        if (dense.rank() == 0) {
            throw new TensorException("gatherNd: indices must be vectors, got " + dense.type());
        }
        if (x.raggedRank() == 0) {
            return RaggedTensor.of(Indexing.gatherNd(x.flatValues(), dense));
        }
        int depth = dense.shape().dim(-1);
        if (depth > x.rank()) {
            throw new TensorException("gatherNd: vectors of length " + depth + " for " + x.shape());
        }
        var outer = dense.shape().remove(dense.rank() - 1);
        if (depth == 0) {
            return rowsAt(
                    RaggedShapes.expandDims(x, 0),
                    RaggedTensor.of(Tensor.zeros(outer, DType.INT32)));
        }
        int n = outer.size();
        var numbers = dense.toInts();
        var at = new int[n];
        for (int i = 0; i < n; i++) {
            at[i] = numbers[i * depth];
        }
        checked(at, x.rows());
        var values = x;
        int level = 1;
        while (level < depth && values.raggedRank() > 0) {
            for (int i = 0; i < n; i++) {
                var partition = values.rowPartition();
                int k = numbers[i * depth + level];
                if (k < 0 || k >= partition.length(at[i])) {
                    throw new TensorException(
                            "gatherNd: index "
                                    + k
                                    + " is not in [0, "
                                    + partition.length(at[i])
                                    + ")");
                }
                at[i] = partition.offsets()[at[i]] + k;
            }
            values = values.values();
            level++;
        }
        if (values.raggedRank() > 0) {
            return rowsAt(values, RaggedTensor.of(Movements.reshape(Indices.tensor(at), outer)));
        }
        var rest = new int[n * (depth - level + 1)];
        int width = depth - level + 1;
        for (int i = 0; i < n; i++) {
            rest[i * width] = at[i];
            System.arraycopy(numbers, i * depth + level, rest, i * width + 1, width - 1);
        }
        return RaggedTensor.of(
                Indexing.gatherNd(
                        values.flatValues(),
                        new HostTensor(DType.INT32, outer.insert(outer.rank(), width), rest)));
    }

    // ---- masks
    // -----------------------------------------------------------------------------------------------------------

    /**
     * The elements where a mask over the leading dimensions is true. Rows that the mask cuts stay
     * rows, so a mask of two dimensions or more gives a ragged result.
     */
    public static RaggedTensor booleanMask(RaggedTensor x, RaggedTensor mask) {
        if (mask.dtype() != DType.BOOL || mask.rank() == 0) {
            throw new TensorException(
                    "booleanMask: the mask must be bool and no scalar, got "
                            + mask.dtype()
                            + mask.shape());
        }
        if (mask.rank() > x.rank()) {
            throw new TensorException("booleanMask: mask " + mask.shape() + " for " + x.shape());
        }
        int levels = mask.rank() - 1;
        var cut = Rows.cut(x, levels);
        var chosen = Rows.cut(mask, levels);
        var values = cut;
        for (int level = 0; level < levels; level++) {
            if (!cut.partitions().get(level).sameAs(chosen.partitions().get(level))) {
                throw new TensorException("booleanMask: mask and data have different rows");
            }
            values = values.values();
        }
        var flags = chosen.flatValues().toBooleans();
        if (flags.length != values.rows()) {
            throw new TensorException("booleanMask: mask " + mask.shape() + " for " + x.shape());
        }
        var kept = new Indices();
        for (int i = 0; i < flags.length; i++) {
            if (flags[i]) {
                kept.accept(i);
            }
        }
        var result = Rows.take(values, kept.toArray());
        if (levels == 0) {
            return result;
        }
        var innermost = cut.partitions().get(levels - 1);
        var offsets = new int[innermost.rows() + 1];
        for (int row = 0; row < innermost.rows(); row++) {
            offsets[row + 1] = offsets[row];
            for (int k = innermost.offsets()[row]; k < innermost.offsets()[row + 1]; k++) {
                offsets[row + 1] += flags[k] ? 1 : 0;
            }
        }
        result =
                RaggedTensor.of(
                        result,
                        RowPartition.ofOffsets(offsets, innermost.dtype())
                                .with(
                                        result.raggedRank() > 0
                                                ? result.rowSplitsDtype()
                                                : innermost.dtype()));
        for (int level = levels - 2; level >= 0; level--) {
            result = RaggedTensor.of(result, cut.partitions().get(level));
        }
        return result;
    }

    /** The index vectors, int64 of shape [number, rank], of what is true or not zero. */
    public static Tensor where(RaggedTensor condition) {
        var vectors = RaggedForms.positions(condition);
        var flat = Movements.reshape(condition.flatValues(), -1);
        var bools =
                flat.dtype() == DType.BOOL
                        ? flat
                        : sungu.ops.Elements.notEqual(flat, sungu.ops.Elements.zerosLike(flat));
        return Indexing.booleanMask(vectors, bools);
    }
}
