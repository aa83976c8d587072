package sungu.sparse;

import org.jspecify.annotations.Nullable;

import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Scattering;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sparse tensors from dense ones and back, and operations that move values without computing. Where
 * values go is worked out from the indices, which must have values; the values follow by one
 * gather, through which gradients flow.
 */
public final class Sparse {
    private Sparse() {}

    // ---- making
    // -----------------------------------------------------------------------------------------------------------

    /** The elements of a dense tensor that are not zero (false, empty), in row-major order. */
    public static SparseTensor fromDense(Tensor x) {
        if (x.rank() == 0) {
            throw new TensorException("sparse: a scalar " + x.type() + " has no positions");
        }
        Tensor present;
        if (x.dtype() == DType.STRING) {
            var flags = new byte[x.size()];
            for (int i = 0; i < flags.length; i++) {
                flags[i] = (byte) (x.host().bytes()[i].length > 0 ? 1 : 0);
            }
            present = new HostTensor(DType.BOOL, x.shape(), flags);
        } else {
            present = x.dtype() == DType.BOOL ? x : Elements.notEqual(x, Elements.zerosLike(x));
        }
        var indices = Indexing.where(present);
        return SparseTensor.of(indices, Indexing.gatherNd(x, indices), longs(x.shape()));
    }

    static long[] longs(Shape shape) {
        return Arrays.stream(shape.dims()).asLongStream().toArray();
    }

    /** Ones on the diagonal of a matrix. */
    public static SparseTensor eye(int rows, int columns, DType dtype) {
        if (rows < 0 || columns < 0 || dtype == DType.STRING) {
            throw new TensorException(
                    "eye: " + rows + " rows and " + columns + " columns of " + dtype);
        }
        int n = Math.min(rows, columns);
        var indices = new long[2 * n];
        Arrays.setAll(indices, i -> i / 2);
        return made(indices, Tensor.ones(Shape.of(n), dtype), rows, columns);
    }

    /** A sparse tensor by index vectors in a flat array. */
    static SparseTensor made(long[] indices, Tensor values, long... denseShape) {
        int count = values.size();
        return SparseTensor.of(
                new HostTensor(DType.INT64, Shape.of(count, denseShape.length), indices),
                values,
                denseShape);
    }

    /** Values at these positions among the values. */
    static Tensor pick(Tensor values, int[] positions) {
        return Indexing.gather(values, Tensor.ofInts(positions), 0);
    }

    /** The same dense shape with only the values at these positions, in their order. */
    static SparseTensor keep(SparseTensor x, int[] positions) {
        return made(vectors(x, positions), pick(x.values(), positions), x.denseShape());
    }

    private static long[] vectors(SparseTensor x, int[] positions) {
        int rank = x.rank();
        var from = x.positions();
        var to = new long[positions.length * rank];
        for (int i = 0; i < positions.length; i++) {
            System.arraycopy(from, positions[i] * rank, to, i * rank, rank);
        }
        return to;
    }

    // ---- dense
    // -----------------------------------------------------------------------------------------------------------

    /** The dense tensor with zeros (false, empty strings) elsewhere. */
    public static Tensor toDense(SparseTensor x) {
        return toDense(x, null, true);
    }

    /**
     * The dense tensor.
     *
     * @param elsewhere the scalar for all other elements; null for zero
     * @param check whether indices must be sorted and differ; else the last of equal ones counts
     */
    public static Tensor toDense(SparseTensor x, @Nullable Tensor elsewhere, boolean check) {
        if (check) {
            requireSorted(x);
        }
        requireInside(x);
        var shape = x.shape();
        var base = elsewhere == null ? Tensor.zeros(Shape.SCALAR, x.dtype()) : elsewhere;
        if (base.rank() != 0 || base.dtype() != x.dtype()) {
            throw new TensorException(
                    "toDense: the value for other elements must be a scalar of "
                            + x.dtype()
                            + ", got "
                            + base.type());
        }
        return Scattering.tensorScatter(
                Combine.UPDATE, Movements.broadcastTo(base, shape), x.indices(), x.values());
    }

    private static void requireSorted(SparseTensor x) {
        for (int i = 1; i < x.count(); i++) {
            int order = compare(x.positions(), i - 1, x.positions(), i, x.rank());
            if (order >= 0) {
                throw new TensorException(
                        "sparse: index " + i + (order == 0 ? " is repeated" : " is out of order"),
                        "sort them with Sparse.reorder; equal ones are not allowed here");
            }
        }
    }

    static void requireInside(SparseTensor x) {
        var shape = x.denseShape();
        var at = x.positions();
        for (int i = 0; i < at.length; i++) {
            if (at[i] < 0 || at[i] >= shape[i % shape.length]) {
                int vector = i / shape.length;
                throw new TensorException(
                        "sparse: index "
                                + vector
                                + " = "
                                + text(at, vector, shape.length)
                                + " is outside of "
                                + Arrays.toString(shape));
            }
        }
    }

    private static String text(long[] at, int vector, int rank) {
        return Arrays.toString(Arrays.copyOfRange(at, vector * rank, (vector + 1) * rank));
    }

    static int compare(long[] a, int i, long[] b, int k, int rank) {
        for (int d = 0; d < rank; d++) {
            int order = Long.compare(a[i * rank + d], b[k * rank + d]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /**
     * Bools that tell which integers occur in each row of the last dimension, which gets the size
     * of the vocabulary.
     */
    public static Tensor toIndicator(SparseTensor x, int vocabulary) {
        if (!x.dtype().isInteger()) {
            throw new TensorException("toIndicator: takes integers, got " + x.dtype());
        }
        int rank = x.rank();
        var at = x.positions().clone();
        var numbers = x.values().toLongs();
        for (int i = 0; i < numbers.length; i++) {
            at[i * rank + rank - 1] = numbers[i];
        }
        var shape = x.denseShape();
        shape[rank - 1] = vocabulary;
        return toDense(
                made(at, Tensor.ones(Shape.of(numbers.length), DType.BOOL), shape), null, false);
    }

    // ---- order and shape
    // -----------------------------------------------------------------------------------------------------------

    /** The same values with their indices sorted in row-major order. */
    public static SparseTensor reorder(SparseTensor x) {
        var at = x.positions();
        int rank = x.rank();
        Comparator<Integer> order = (i, k) -> compare(at, i, at, k, rank);
        return keep(
                x, IntStream.range(0, x.count()).boxed().sorted(order).mapToInt(i -> i).toArray());
    }

    /** The same values, as they are ordered, in another shape; one dimension may be -1. */
    public static SparseTensor reshape(SparseTensor x, long... dims) {
        var shape = dims.clone();
        long size = Arrays.stream(x.denseShape()).reduce(1, Math::multiplyExact);
        int open = -1;
        long rest = 1;
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] >= 0) {
                rest = Math.multiplyExact(rest, shape[i]);
            } else if (open < 0 && shape[i] == -1) {
                open = i;
            } else {
                throw new TensorException(
                        "reshape: negative dimensions in " + Arrays.toString(dims));
            }
        }
        if (open >= 0 && rest > 0) {
            shape[open] = size / rest;
        }
        if (open >= 0 ? rest == 0 || size % rest != 0 : rest != size) {
            throw new TensorException(
                    "reshape: "
                            + Arrays.toString(x.denseShape())
                            + " can't become "
                            + Arrays.toString(dims));
        }
        var at = x.positions();
        var out = new long[x.count() * shape.length];
        for (int i = 0; i < x.count(); i++) {
            long flat = 0;
            for (int d = 0; d < x.rank(); d++) {
                flat = flat * x.denseShape()[d] + at[i * x.rank() + d];
            }
            for (int d = shape.length - 1; d >= 0; d--) {
                out[i * shape.length + d] = flat % shape[d];
                flat /= shape[d];
            }
        }
        return made(out, x.values(), shape);
    }

    /** The dimensions in another order, and the indices sorted; none given reverses them. */
    public static SparseTensor transpose(SparseTensor x, int... order) {
        int rank = x.rank();
        var to =
                order.length == 0
                        ? IntStream.range(0, rank).map(i -> rank - 1 - i).toArray()
                        : order;
        if (!Arrays.equals(
                Arrays.stream(to).sorted().toArray(), IntStream.range(0, rank).toArray())) {
            throw new TensorException(
                    "transpose: "
                            + Arrays.toString(order)
                            + " is no order of "
                            + rank
                            + " dimensions");
        }
        var at = x.positions();
        var out = new long[at.length];
        Arrays.setAll(out, i -> at[i - i % rank + to[i % rank]]);
        var shape = new long[rank];
        Arrays.setAll(shape, i -> x.denseShape()[to[i]]);
        return reorder(made(out, x.values(), shape));
    }

    /** The tensor with a dimension of size 1 more; a negative axis counts from the new end. */
    public static SparseTensor expandDims(SparseTensor x, int axis) {
        int rank = x.rank();
        int a = axis < 0 ? axis + rank + 1 : axis;
        if (a < 0 || a > rank) {
            throw new TensorException(
                    "expandDims: axis " + axis + " is out of range for rank " + rank);
        }
        var at = x.positions();
        var out = new long[x.count() * (rank + 1)];
        var shape = new long[rank + 1];
        for (int d = 0; d <= rank; d++) {
            int from = d < a ? d : d - 1;
            shape[d] = d == a ? 1 : x.denseShape()[from];
            for (int i = 0; d != a && i < x.count(); i++) {
                out[i * (rank + 1) + d] = at[i * rank + from];
            }
        }
        return made(out, x.values(), shape);
    }

    /** The smallest dense shape that holds all indices. */
    public static SparseTensor resetShape(SparseTensor x) {
        var shape = new long[x.rank()];
        var at = x.positions();
        for (int i = 0; i < at.length; i++) {
            shape[i % shape.length] = Math.max(shape[i % shape.length], at[i] + 1);
        }
        return SparseTensor.of(x.indices(), x.values(), shape);
    }

    /** A larger dense shape. */
    public static SparseTensor resetShape(SparseTensor x, long... shape) {
        for (int i = 0; i < x.rank(); i++) {
            if (shape.length != x.rank() || shape[i] < x.denseShape()[i]) {
                throw new TensorException(
                        "resetShape: "
                                + Arrays.toString(shape)
                                + " is smaller than "
                                + Arrays.toString(x.denseShape()));
            }
        }
        return SparseTensor.of(x.indices(), x.values(), shape);
    }

    // ---- joins and parts
    // -----------------------------------------------------------------------------------------------------------

    /**
     * Tensors joined along an axis, with sorted indices.
     *
     * @param expand whether other dimensions may differ; the largest then counts
     */
    public static SparseTensor concat(List<SparseTensor> tensors, int axis, boolean expand) {
        if (tensors.isEmpty()) {
            throw new TensorException("concat: no tensors given");
        }
        var first = tensors.getFirst();
        int rank = first.rank();
        int a = axis(first, axis);
        var shape = first.denseShape();
        var out = new ArrayList<long[]>();
        var values = new ArrayList<Tensor>();
        for (var tensor : tensors) {
            var own = tensor.denseShape();
            if (own.length != rank || tensor.dtype() != first.dtype()) {
                throw new TensorException("concat: " + tensor + " does not fit to " + first);
            }
            long shift = tensor == first && out.isEmpty() ? 0 : shape[a];
            for (int d = 0; !out.isEmpty() && d < rank; d++) {
                if (d != a && own[d] != shape[d] && !expand) {
                    throw new TensorException(
                            "concat: "
                                    + Arrays.toString(first.denseShape())
                                    + " and "
                                    + Arrays.toString(own)
                                    + " differ in another dimension than "
                                    + axis,
                            "allow it by expand");
                }
                shape[d] = d == a ? shape[d] + own[d] : Math.max(shape[d], own[d]);
            }
            var at = tensor.positions().clone();
            for (int i = a; i < at.length; i += rank) {
                at[i] += shift;
            }
            out.add(at);
            values.add(tensor.values());
        }
        return reorder(
                made(
                        out.stream().flatMapToLong(Arrays::stream).toArray(),
                        Movements.concat(values, 0),
                        shape));
    }

    static int axis(SparseTensor x, int axis) {
        int a = axis < 0 ? axis + x.rank() : axis;
        if (a < 0 || a >= x.rank()) {
            throw new TensorException(
                    "sparse: axis " + axis + " is out of range for rank " + x.rank());
        }
        return a;
    }

    /** The tensor cut into parts along an axis; the first ones are larger by 1 if it must be. */
    public static List<SparseTensor> split(SparseTensor x, int parts, int axis) {
        int a = axis(x, axis);
        long size = x.denseShape()[a];
        if (parts < 1 || parts > size) {
            throw new TensorException("split: " + parts + " parts of a dimension of " + size);
        }
        var cut = new ArrayList<SparseTensor>();
        var start = new long[x.rank()];
        for (int part = 0; part < parts; part++) {
            var sizes = x.denseShape();
            sizes[a] = size / parts + (part < size % parts ? 1 : 0);
            cut.add(slice(x, start, sizes));
            start[a] += sizes[a];
        }
        return cut;
    }

    /** A box from a position on; what sticks out is cut off. */
    public static SparseTensor slice(SparseTensor x, long[] start, long[] size) {
        int rank = x.rank();
        if (start.length != rank
                || size.length != rank
                || Arrays.stream(size).anyMatch(s -> s < 0)) {
            throw new TensorException(
                    "slice: start "
                            + Arrays.toString(start)
                            + " and size "
                            + Arrays.toString(size)
                            + " for "
                            + Arrays.toString(x.denseShape()));
        }
        var shape = new long[rank];
        Arrays.setAll(shape, d -> Math.max(0, Math.min(size[d], x.denseShape()[d] - start[d])));
        var at = x.positions();
        var inside =
                IntStream.range(0, x.count())
                        .filter(i ->
                                IntStream.range(0, rank)
                                        .allMatch(d ->
                                                at[i * rank + d] >= start[d]
                                                        && at[i * rank + d] < start[d] + shape[d]))
                        .toArray();
        var moved = vectors(x, inside);
        for (int i = 0; i < moved.length; i++) {
            moved[i] -= start[i % rank];
        }
        return made(moved, pick(x.values(), inside), shape);
    }

    /** Only the values for which a vector of bools says so. */
    public static SparseTensor retain(SparseTensor x, Tensor kept) {
        if (kept.rank() != 1 || kept.size() != x.count()) {
            throw new TensorException(
                    "retain: a bool per value is needed, got "
                            + kept.type()
                            + " for "
                            + x.count()
                            + " values");
        }
        var flags = kept.toBooleans();
        return keep(x, IntStream.range(0, flags.length).filter(i -> flags[i]).toArray());
    }

    /** What {@link #fillEmptyRows} gives: the filled tensor, and which rows were empty. */
    public record Filled(SparseTensor tensor, Tensor emptyRows) {}

    /** A value at the start of each row, along dimension 0, that has none; rows come in order. */
    public static Filled fillEmptyRows(SparseTensor x, Tensor value) {
        if (value.rank() != 0 || value.dtype() != x.dtype()) {
            throw new TensorException(
                    "fillEmptyRows: the value must be a scalar of "
                            + x.dtype()
                            + ", got "
                            + value.type());
        }
        if (x.rank() == 0) {
            throw new TensorException("fillEmptyRows: a scalar has no rows");
        }
        int rank = x.rank();
        int rows = Math.toIntExact(x.denseShape()[0]);
        var at = x.positions();
        var byRow = new ArrayList<List<Integer>>();
        for (int row = 0; row < rows; row++) {
            byRow.add(new ArrayList<>());
        }
        for (int i = 0; i < x.count(); i++) {
            if (at[i * rank] < 0 || at[i * rank] >= rows) {
                throw new TensorException(
                        "fillEmptyRows: row " + at[i * rank] + " is not in [0, " + rows + ")");
            }
            byRow.get((int) at[i * rank]).add(i);
        }
        var chosen = new ArrayList<Integer>();
        var empty = new byte[rows];
        var out = new ArrayList<long[]>();
        for (int row = 0; row < rows; row++) {
            if (byRow.get(row).isEmpty()) {
                empty[row] = 1;
                chosen.add(x.count());
                var vector = new long[rank];
                vector[0] = row;
                out.add(vector);
            }
            for (int i : byRow.get(row)) {
                chosen.add(i);
                out.add(Arrays.copyOfRange(at, i * rank, (i + 1) * rank));
            }
        }
        var all = Movements.concat(List.of(x.values(), Movements.reshape(value, 1)), 0);
        return new Filled(
                made(
                        out.stream().flatMapToLong(Arrays::stream).toArray(),
                        pick(all, chosen.stream().mapToInt(i -> i).toArray()),
                        x.denseShape()),
                new HostTensor(DType.BOOL, Shape.of(rows), empty));
    }

    /** Indexed slices without those at some positions. */
    public static IndexedSlices mask(IndexedSlices x, Tensor positions) {
        var dropped = Arrays.stream(positions.toLongs()).boxed().toList();
        var at = x.indices().toLongs();
        var kept = IntStream.range(0, at.length).filter(i -> !dropped.contains(at[i])).toArray();
        return new IndexedSlices(pick(x.values(), kept), pick(x.indices(), kept), x.denseShape());
    }
}
