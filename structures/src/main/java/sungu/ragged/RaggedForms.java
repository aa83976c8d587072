package sungu.ragged;

import org.jspecify.annotations.Nullable;

import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.primitive.IndexVectors;
import sungu.sparse.SparseTensor;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ragged tensors from dense and sparse ones, and back. {@link RaggedTensor} has the factories. */
final class RaggedForms {
    private RaggedForms() {}

    // ---- dense
    // -----------------------------------------------------------------------------------------------------------

    static RaggedTensor fromTensor(Tensor x, int raggedRank, DType splits) {
        if (raggedRank < 1 || x.rank() <= raggedRank) {
            throw new TensorException(
                    "ragged: a tensor " + x.type() + " can't have ragged rank " + raggedRank,
                    "the ragged rank is at least 1 and less than the rank");
        }
        return Rows.cut(RaggedTensor.of(x), raggedRank).withRowSplitsDtype(splits);
    }

    /** The first {@code lengths[i]} entries of the innermost partitioned dimension in row i. */
    static RaggedTensor fromTensor(Tensor x, Tensor lengths, int raggedRank, DType splits) {
        var full = fromTensor(x, raggedRank, splits);
        int width = x.shape().dim(raggedRank);
        int rows = full.partitions().getLast().rows();
        if (lengths.rank() != 1 || lengths.size() != rows) {
            throw new TensorException(
                    "ragged: lengths " + lengths.type() + " for " + rows + " rows of " + x.type());
        }
        var kept = lengths.toInts();
        for (int i = 0; i < kept.length; i++) {
            kept[i] = Math.clamp(kept[i], 0, width);
        }
        var offsets = new int[rows + 1];
        var chosen = new Indices();
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < kept[row]; k++) {
                chosen.accept(row * width + k);
            }
            offsets[row + 1] = chosen.size();
        }
        var partitions = new ArrayList<>(full.partitions());
        partitions.set(raggedRank - 1, RowPartition.ofOffsets(offsets, splits));
        return RaggedTensor.of(Rows.gather(full.flatValues(), chosen.toArray()), partitions);
    }

    /** Rows without the padding at their ends. */
    static RaggedTensor fromPadded(Tensor x, Tensor padding, int raggedRank, DType splits) {
        var full = fromTensor(x, raggedRank, splits);
        var inner = x.shape().slice(raggedRank + 1, x.rank());
        if (padding.dtype() != x.dtype() || !padding.shape().equals(inner)) {
            throw new TensorException(
                    "ragged: padding "
                            + padding.type()
                            + " for "
                            + x.type()
                            + " of ragged rank "
                            + raggedRank,
                    "the padding is a single entry of the ragged dimension: "
                            + x.type().with(inner));
        }
        int width = x.shape().dim(raggedRank);
        int rows = full.partitions().getLast().rows();
        var differs = Elements.notEqual(full.flatValues(), padding).toBooleans();
        int size = inner.size();
        var lengths = new int[rows];
        for (int i = 0; i < differs.length; i++) {
            if (differs[i]) {
                int entry = i / size;
                lengths[entry / width] = entry % width + 1;
            }
        }
        return fromTensor(x, Tensor.ofInts(lengths), raggedRank, splits);
    }

    /** The size of each dimension, of a ragged one that of the longest row. */
    static int[] boundingShape(RaggedTensor x) {
        var dims = new int[x.rank()];
        if (x.rank() > 0) {
            dims[0] = x.rows();
        }
        for (int level = 0; level < x.raggedRank(); level++) {
            dims[level + 1] = x.partitions().get(level).longest();
        }
        for (int i = x.raggedRank() + 1; i < dims.length; i++) {
            dims[i] = x.flatValues().shape().dim(i - x.raggedRank());
        }
        return dims;
    }

    /**
     * Rows filled up to a common length, or cut off.
     *
     * @param filler a scalar, or of a shape that can be stretched to that of a flat value
     * @param shape the wanted size of each dimension, {@link Shape#UNKNOWN} for that of the longest
     */
    static Tensor toTensor(RaggedTensor x, @Nullable Tensor filler, @Nullable Shape shape) {
        var flat = x.flatValues();
        var dims = boundingShape(x);
        if (shape != null) {
            if (shape.rank() != dims.length) {
                throw new TensorException(
                        "ragged: " + x.shape() + " can't be made a tensor of shape " + shape);
            }
            for (int i = 0; i < dims.length; i++) {
                if (i > x.raggedRank() && shape.dim(i) >= 0 && shape.dim(i) != dims[i]) {
                    throw new TensorException(
                            "ragged: " + x.shape() + " can't be made a tensor of shape " + shape);
                }
                dims[i] = shape.dim(i) >= 0 ? shape.dim(i) : dims[i];
            }
        }
        var inner = flat.shape().slice(Math.min(1, flat.rank()), flat.rank());
        if (filler != null) {
            if (filler.dtype() != x.dtype()
                    || filler.rank() > inner.rank()
                    || !Shape.broadcast(filler.shape(), inner).equals(inner)) {
                throw new TensorException(
                        "ragged: filler " + filler.type() + " for flat values " + flat.type(),
                        "it must have their dtype, and a shape that stretches to that of one of"
                                + " them");
            }
        }
        if (x.raggedRank() == 0) {
            return flat;
        }
        int cut = x.raggedRank() + 1;
        var outer = Shape.of(Arrays.copyOf(dims, cut));
        var places = new int[outer.size()];
        Arrays.fill(places, -1);
        fill(x, 0, 0, x.rows(), 0, outer, places);
        var vectors = new HostTensor(DType.INT32, outer.insert(cut, 1), places);
        var padded = Indexing.gather(new IndexVectors(0, 0, 1, true), flat, vectors);
        if (filler == null || Arrays.stream(places).allMatch(place -> place >= 0)) {
            return padded;
        }
        var present = new byte[places.length];
        for (int i = 0; i < places.length; i++) {
            present[i] = (byte) (places[i] >= 0 ? 1 : 0);
        }
        var mask =
                Movements.reshape(
                        new HostTensor(DType.BOOL, outer, present),
                        outer.concat(Shape.of(Ints.repeat(1, inner.rank()).toArray())));
        return Elements.select(mask, padded, filler);
    }

    /** Writes for rows {@code from} to {@code to} of a level where each of their values goes. */
    private static void fill(
            RaggedTensor x, int level, int from, int to, int place, Shape outer, int[] places) {
        int width = outer.slice(level + 1, outer.rank()).size();
        int count = Math.min(to - from, outer.dim(level));
        for (int i = 0; i < count; i++) {
            int at = place + i * width;
            if (level == x.raggedRank()) {
                places[at] = from + i;
            } else {
                var offsets = x.partitions().get(level).offsets();
                fill(x, level + 1, offsets[from + i], offsets[from + i + 1], at, outer, places);
            }
        }
    }

    // ---- sparse
    // -----------------------------------------------------------------------------------------------------------

    static RaggedTensor fromSparse(SparseTensor x, DType splits) {
        if (x.rank() != 2) {
            throw new TensorException(
                    "ragged: a sparse tensor must have rank 2 to become ragged, got " + x.rank());
        }
        var at = x.indices().toLongs();
        var counts = new long[Math.toIntExact(x.denseShape()[0]) + 1];
        for (int i = 0; i < x.count(); i++) {
            boolean same = i > 0 && at[2 * i] == at[2 * i - 2];
            if (at[2 * i + 1] != (same ? at[2 * i - 1] + 1 : 0)) {
                throw new TensorException(
                        "ragged: value "
                                + i
                                + " at ["
                                + at[2 * i]
                                + ", "
                                + at[2 * i + 1]
                                + "] leaves a gap in its row",
                        "only sparse tensors whose rows are filled from the left are ragged ones");
            }
            if (at[2 * i] < 0 || at[2 * i] >= counts.length - 1) {
                throw new TensorException(
                        "ragged: row " + at[2 * i] + " is outside of the dense shape");
            }
            counts[(int) at[2 * i] + 1]++;
        }
        for (int i = 1; i < counts.length; i++) {
            counts[i] += counts[i - 1];
        }
        return RaggedTensor.fromRowSplits(x.values(), RowPartition.vector(splits, counts));
    }

    static SparseTensor toSparse(RaggedTensor x) {
        return SparseTensor.of(
                positions(x),
                Movements.reshape(x.flatValues(), -1),
                Arrays.stream(boundingShape(x)).asLongStream().toArray());
    }

    /** For each element its index vector: int64 of shape [elements, rank]. */
    static Tensor positions(RaggedTensor x) {
        int rank = x.rank();
        var inner =
                x.flatValues()
                        .shape()
                        .slice(Math.min(1, x.flatValues().rank()), x.flatValues().rank());
        var out = new long[Math.multiplyExact(x.flatValues().size(), rank)];
        walk(x, inner, 0, 0, rank == 0 ? 0 : x.rows(), new long[rank], out, new int[1]);
        return new HostTensor(DType.INT64, Shape.of(x.flatValues().size(), rank), out);
    }

    private static void walk(
            RaggedTensor x,
            Shape inner,
            int level,
            int from,
            int to,
            long[] index,
            long[] out,
            int[] next) {
        for (int i = from; i < to; i++) {
            index[level] = (long) i - from;
            if (level < x.raggedRank()) {
                var offsets = x.partitions().get(level).offsets();
                walk(x, inner, level + 1, offsets[i], offsets[i + 1], index, out, next);
                continue;
            }
            var strides = inner.strides();
            for (int k = 0; k < inner.size(); k++) {
                int rest = k;
                for (int d = 0; d < strides.length; d++) {
                    index[level + 1 + d] = rest / strides[d];
                    rest %= strides[d];
                }
                System.arraycopy(index, 0, out, next[0], index.length);
                next[0] += index.length;
            }
        }
    }

    // ---- lists
    // -----------------------------------------------------------------------------------------------------------

    /** The rows as nested Java lists of boxed elements. */
    static List<Object> toList(RaggedTensor x) {
        if (x.raggedRank() == 0) {
            if (x.rank() == 0) {
                throw new TensorException("ragged: a scalar is no list");
            }
            return listed(x.flatValues());
        }
        var flat = toList(x.values());
        var rows = new ArrayList<Object>();
        var offsets = x.rowPartition().offsets();
        for (int row = 0; row + 1 < offsets.length; row++) {
            rows.add(List.copyOf(flat.subList(offsets[row], offsets[row + 1])));
        }
        return rows;
    }

    private static List<Object> listed(Tensor dense) {
        var items = new ArrayList<Object>();
        if (dense.rank() > 1) {
            for (int i = 0; i < dense.shape().dim(0); i++) {
                items.add(listed(dense.get(i)));
            }
            return items;
        }
        var array = dense.toArray();
        for (int i = 0; i < dense.size(); i++) {
            items.add(java.lang.reflect.Array.get(array, i));
        }
        return items;
    }
}
