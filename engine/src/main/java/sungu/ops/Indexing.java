package sungu.ops;

import org.jspecify.annotations.Nullable;

import sungu.primitive.DynamicSlice;
import sungu.primitive.DynamicUpdateSlice;
import sungu.primitive.Gather;
import sungu.primitive.IndexVectors;
import sungu.primitive.NonZero;
import sungu.tensor.DType;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Slice;
import sungu.tensor.SymbolicTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Parts of tensors by position: what stands between Python's brackets, and reading at positions
 * that tensors hold. Positions in tensors do not count from the end, and one that lies outside is
 * an error, as TensorFlow has it on the CPU.
 */
public final class Indexing {
    private Indexing() {}

    // ---- what stands between the brackets
    // -------------------------------------------------------------------------------------

    /**
     * The part that an index names. Ranges are cut to the dimension as in Python.
     *
     * @throws TensorException if a position lies outside, a step is 0, or there are more entries
     *     than dimensions
     */
    public static Tensor get(Tensor x, List<Slice> index) {
        if (x instanceof SymbolicTensor symbolic) {
            return symbolic.operator("get_item", x, index);
        }
        var box = Box.of(x.shape(), index);
        var part = Movements.slice(x, box.begin(), box.size(), box.step());
        return Movements.reshape(Movements.reverse(part, box.reversed()), box.result());
    }

    /**
     * What the bits of TensorFlow's strided slices say: bit {@code i} is about entry {@code i}.
     *
     * @param begin its begin does not count, the range starts at the start
     * @param end its end does not count, the range reaches to the end
     * @param ellipsis it is the ellipsis
     * @param newAxis it is a new axis
     * @param shrink it is the position {@code begin}, and the dimension is dropped
     */
    public record Masks(int begin, int end, int ellipsis, int newAxis, int shrink) {
        /** Ranges only. */
        public static final Masks NONE = new Masks(0, 0, 0, 0, 0);
    }

    /**
     * The part that begins, ends, strides and masks name: {@link #get} in TensorFlow's own form.
     */
    public static Tensor stridedSlice(
            Tensor x, int[] begin, int[] end, int[] strides, Masks masks) {
        return get(x, slices(begin, end, strides, masks));
    }

    /** What stands between the brackets for begins, ends, strides and masks. */
    public static List<Slice> slices(int[] begin, int[] end, int[] strides, Masks masks) {
        if (begin.length != end.length || begin.length != strides.length) {
            throw new TensorException(
                    "stridedSlice: "
                            + begin.length
                            + " begins, "
                            + end.length
                            + " ends and "
                            + strides.length
                            + " strides; there must be as many of each");
        }
        var index = new ArrayList<Slice>(begin.length);
        for (int i = 0; i < begin.length; i++) {
            int bit = 1 << i;
            if ((masks.ellipsis & bit) != 0) {
                index.add(Slice.ELLIPSIS);
            } else if ((masks.newAxis & bit) != 0) {
                index.add(Slice.NEW_AXIS);
            } else if ((masks.shrink & bit) != 0) {
                if (strides[i] <= 0) {
                    throw new TensorException(
                            "stridedSlice: a position needs a positive stride, got " + strides[i]);
                }
                index.add(Slice.at(begin[i]));
            } else {
                index.add(
                        new Slice.Range(
                                (masks.begin & bit) != 0 ? null : begin[i],
                                (masks.end & bit) != 0 ? null : end[i],
                                strides[i]));
            }
        }
        return index;
    }

    /**
     * The tensor with the part that an index names replaced.
     *
     * @param part broadcasts to the part
     */
    public static Tensor update(Tensor x, List<Slice> index, Tensor part) {
        if (part.dtype() != x.dtype()) {
            throw new TensorException(
                    "update: a part of " + x.type() + " can't be " + part.type(),
                    "cast it: part.cast(" + x.dtype().constant() + ")");
        }
        var box = Box.of(x.shape(), index);
        Tensor fitted;
        try {
            fitted = Movements.broadcastTo(part, box.result());
        } catch (TensorException e) {
            throw new TensorException(
                    "update: "
                            + part.type()
                            + " does not stretch to the part of shape "
                            + box.result()
                            + " of "
                            + x.type());
        }
        var size = Shape.of(box.size());
        var piece = Movements.reverse(Movements.reshape(fitted, size), box.reversed());
        if (size.size() == 0) {
            return x;
        }
        if (box.steps() == 1) {
            return dynamicUpdateSlice(x, Tensor.ofInts(box.begin()), piece, false);
        }
        var after = new int[x.rank()];
        var between = new int[x.rank()];
        for (int i = 0; i < after.length; i++) {
            after[i] = x.shape().dim(i) - box.begin()[i] - (size.dim(i) - 1) * box.step()[i] - 1;
            between[i] = box.step()[i] - 1;
        }
        var here =
                Movements.pad(
                        Tensor.ones(size, DType.BOOL),
                        box.begin(),
                        after,
                        between,
                        Tensor.of(false));
        return Elements.select(
                here,
                Movements.pad(
                        piece, box.begin(), after, between, Tensor.zeros(Shape.SCALAR, x.dtype())),
                x);
    }

    /**
     * An index resolved for a shape: a box with positive steps, the axes to reverse in it, and the
     * shape that results.
     *
     * @param steps the largest step
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Box(
            int[] begin, int[] size, int[] step, int[] reversed, Shape result, int steps) {
        static Box of(Shape shape, List<Slice> index) {
            int named = 0;
            int ellipses = 0;
            for (var entry : index) {
                named += entry instanceof Slice.At || entry instanceof Slice.Range ? 1 : 0;
                ellipses += entry instanceof Slice.Ellipsis ? 1 : 0;
            }
            int rank = shape.rank();
            if (ellipses > 1) {
                throw new TensorException(
                        "index " + Slice.text(index) + " has more than one ellipsis");
            }
            if (named > rank) {
                throw new TensorException(
                        "index "
                                + Slice.text(index)
                                + " names "
                                + named
                                + " dimensions, shape "
                                + shape
                                + " has "
                                + rank);
            }
            var begin = new int[rank];
            var size = shape.dims();
            var step = Ints.repeat(1, rank).toArray();
            var reversed = new int[rank];
            var result = new int[rank + index.size()];
            int axis = 0;
            int kept = 0;
            int flips = 0;
            int steps = 1;
            for (var entry : ellipses == 0 ? append(index) : index) {
                switch (entry) {
                    case Slice.NewAxis none -> result[kept++] = 1;
                    case Slice.Ellipsis all -> {
                        for (int rest = rank - named; rest > 0; rest--) {
                            result[kept++] = shape.dim(axis++);
                        }
                    }
                    case Slice.At at -> {
                        int dim = shape.dim(axis);
                        if (at.index() < -dim || at.index() >= dim) {
                            throw new TensorException(
                                    "index "
                                            + at.index()
                                            + " is out of range for dimension "
                                            + axis
                                            + " of shape "
                                            + shape,
                                    dim == 0
                                            ? "the dimension is empty"
                                            : "positions go from " + -dim + " to " + (dim - 1));
                        }
                        begin[axis] = at.index() < 0 ? at.index() + dim : at.index();
                        size[axis++] = 1;
                    }
                    case Slice.Range range -> {
                        int dim = shape.dim(axis);
                        int by = range.step();
                        if (by == 0) {
                            throw new TensorException(
                                    "index " + Slice.text(index) + ": the step is 0");
                        }
                        int low = by > 0 ? 0 : -1;
                        int high = by > 0 ? dim : dim - 1;
                        int from = bound(range.start(), dim, low, high, by > 0 ? low : high);
                        int to = bound(range.stop(), dim, low, high, by > 0 ? high : low);
                        long span = by > 0 ? (long) to - from : (long) from - to;
                        int width = Math.abs(by);
                        int count = span <= 0 ? 0 : (int) ((span + width - 1) / width);
                        begin[axis] = count == 0 ? 0 : by > 0 ? from : from - (count - 1) * width;
                        size[axis] = count;
                        step[axis] = count <= 1 ? 1 : width;
                        steps = Math.max(steps, step[axis]);
                        if (by < 0) {
                            reversed[flips++] = axis;
                        }
                        result[kept++] = count;
                        axis++;
                    }
                }
            }
            return new Box(
                    begin,
                    size,
                    step,
                    Arrays.copyOf(reversed, flips),
                    Shape.of(Arrays.copyOf(result, kept)),
                    steps);
        }

        private static List<Slice> append(List<Slice> index) {
            var all = new ArrayList<>(index);
            all.add(Slice.ELLIPSIS);
            return all;
        }

        private static int bound(@Nullable Integer given, int dim, int low, int high, int missing) {
            if (given == null) {
                return missing;
            }
            return Math.clamp(given < 0 ? given + dim : given, low, high);
        }
    }

    // ---- positions held by tensors
    // --------------------------------------------------------------------------------------------

    /** Slices of {@code x} at the positions that index vectors name; see {@link IndexVectors}. */
    public static Tensor gather(IndexVectors vectors, Tensor x, Tensor indices) {
        return Context.bind(
                new Gather(vectors.batch(), vectors.outer(), vectors.depth(), vectors.lenient()),
                x,
                indices);
    }

    /**
     * The parts along an axis at the positions that indices of any shape name: their dimensions
     * take the place of the axis.
     */
    public static Tensor gather(Tensor x, Tensor indices, int axis) {
        return gather(x, indices, axis, 0);
    }

    /**
     * The parts along an axis at the positions that indices name. Shape: that of {@code x} up to
     * the axis, that of the indices without their batch dimensions, the rest of that of {@code x}.
     *
     * @param batch how many leading dimensions {@code x} and the indices have in common; at most
     *     {@code axis}
     */
    public static Tensor gather(Tensor x, Tensor indices, int axis, int batch) {
        int a = x.shape().axis(axis);
        int shared = batch < 0 ? batch + indices.rank() : batch;
        if (shared < 0 || shared > a || shared > indices.rank()) {
            throw new TensorException(
                    "gather: "
                            + batch
                            + " batch dimensions do not go with axis "
                            + axis
                            + ", "
                            + x.type()
                            + " and indices "
                            + indices.type(),
                    "batch dimensions stand before the axis");
        }
        return gather(
                new IndexVectors(shared, a - shared, 1, false), x, vectors("gather", indices));
    }

    /** Indices as vectors of one entry. */
    private static Tensor vectors(String name, Tensor indices) {
        return Movements.reshape(index(name, indices), indices.shape().insert(indices.rank(), 1));
    }

    /** Indices of any integer type as int32 or int64. */
    static Tensor index(String name, Tensor indices) {
        var dtype = indices.dtype();
        if (!dtype.isInteger()) {
            throw new TensorException(
                    name + ": indices must be integers, got " + indices.type(),
                    "cast them: indices.cast(DType.INT32)");
        }
        return dtype == DType.INT32 || dtype == DType.INT64
                ? indices
                : indices.cast(
                        dtype == DType.UINT32 || dtype == DType.UINT64 ? DType.INT64 : DType.INT32);
    }

    /**
     * The elements or slices at the positions that index vectors, the last dimension of {@code
     * indices}, name.
     */
    public static Tensor gatherNd(Tensor x, Tensor indices) {
        return gatherNd(x, indices, 0);
    }

    /**
     * As {@link #gatherNd(Tensor, Tensor)}; {@code x} and the indices have leading dimensions in
     * common.
     */
    public static Tensor gatherNd(Tensor x, Tensor indices, int batch) {
        if (indices.rank() == 0) {
            throw new TensorException("gatherNd: indices must be vectors, got " + indices.type());
        }
        return gather(
                new IndexVectors(batch, 0, indices.shape().dim(-1), false),
                x,
                index("gatherNd", indices));
    }

    /**
     * Per line along an axis the elements at that line's own positions: {@code out[i][j] =
     * x[i][indices[i][j]]}. All other dimensions broadcast.
     */
    public static Tensor takeAlongAxis(Tensor x, Tensor indices, int axis) {
        int a = x.shape().axis(axis);
        if (indices.rank() != x.rank()) {
            throw new TensorException(
                    "takeAlongAxis: "
                            + x.type()
                            + " and indices "
                            + indices.type()
                            + " have different ranks");
        }
        var joint = Shape.broadcast(x.shape().with(a, 1), indices.shape().with(a, 1));
        var lines = lastAxis(Movements.broadcastTo(x, joint.with(a, x.shape().dim(a))), a);
        var positions =
                lastAxis(
                        Movements.broadcastTo(
                                index("takeAlongAxis", indices),
                                joint.with(a, indices.shape().dim(a))),
                        a);
        var taken = gather(lines, positions, lines.rank() - 1, lines.rank() - 1);
        return fromLastAxis(taken, a);
    }

    static Tensor lastAxis(Tensor x, int axis) {
        int rank = x.rank();
        return Movements.transpose(
                x,
                IntStream.range(0, rank)
                        .map(i -> i == rank - 1 ? axis : i < axis ? i : i + 1)
                        .toArray());
    }

    static Tensor fromLastAxis(Tensor x, int axis) {
        int rank = x.rank();
        return Movements.transpose(
                x,
                IntStream.range(0, rank)
                        .map(i -> i == axis ? rank - 1 : i < axis ? i : i - 1)
                        .toArray());
    }

    /** A box of a fixed size from a position in a tensor on; one that sticks out is an error. */
    public static Tensor dynamicSlice(Tensor x, Tensor start, int... size) {
        return dynamicSlice(x, start, size, false);
    }

    /**
     * A box of a fixed size from a position in a tensor on; {@code clamp} moves one that sticks out
     * inwards, else it is an error.
     */
    public static Tensor dynamicSlice(Tensor x, Tensor start, int[] size, boolean clamp) {
        return Context.bind(
                new DynamicSlice(Ints.of(size), clamp), x, index("dynamicSlice", start));
    }

    /**
     * The tensor with a box from a position in a tensor on replaced; one that sticks out is moved
     * inwards.
     */
    public static Tensor dynamicUpdateSlice(Tensor x, Tensor start, Tensor part) {
        return dynamicUpdateSlice(x, start, part, true);
    }

    /**
     * The tensor with a box replaced; {@code clamp} moves one that sticks out inwards, else it is
     * an error.
     */
    public static Tensor dynamicUpdateSlice(Tensor x, Tensor start, Tensor part, boolean clamp) {
        return Context.bind(
                new DynamicUpdateSlice(clamp), x, index("dynamicUpdateSlice", start), part);
    }

    // ---- positions found by conditions
    // ----------------------------------------------------------------------------------------

    /**
     * The index vectors, int64 of shape [number, rank], of what is true or not zero. Not in traced
     * functions.
     */
    public static Tensor where(Tensor condition) {
        return where(condition, -1);
    }

    /**
     * The first {@code size} index vectors, int64, of what is true or not zero, filled up with
     * vectors of -1.
     */
    public static Tensor where(Tensor condition, int size) {
        var bools =
                condition.dtype() == DType.BOOL
                        ? condition
                        : Elements.notEqual(condition, Elements.zerosLike(condition));
        return Context.bind(new NonZero(size), bools);
    }

    /**
     * The elements where a bool mask over the leading dimensions is true. Not in traced functions.
     */
    public static Tensor booleanMask(Tensor x, Tensor mask) {
        return booleanMask(x, mask, 0, -1);
    }

    /**
     * The elements where a bool mask over the dimensions from {@code axis} on is true.
     *
     * @param size the number of elements to give, filled up with zeros; -1 for as many as there
     *     are, which can't be traced
     */
    public static Tensor booleanMask(Tensor x, Tensor mask, int axis, int size) {
        int rank = mask.rank();
        if (mask.dtype() != DType.BOOL || rank == 0) {
            throw new TensorException(
                    "booleanMask: the mask must be bool and no scalar, got " + mask.type(),
                    "index by positions with Indexing.gather");
        }
        int a = axis == 0 ? 0 : x.shape().axis(axis);
        if (a + rank > x.rank() || !x.shape().slice(a, a + rank).equals(mask.shape())) {
            throw new TensorException(
                    "booleanMask: mask "
                            + mask.type()
                            + " does not fit to "
                            + x.type()
                            + " from axis "
                            + axis
                            + " on");
        }
        return gather(new IndexVectors(0, a, rank, size >= 0), x, where(mask, size));
    }

    /**
     * Vectors of length {@code depth}, along a new axis, that are 1 at the index and 0 elsewhere;
     * all 0 where the index lies outside.
     */
    public static Tensor oneHot(Tensor indices, int depth, int axis, DType dtype) {
        return oneHot(
                indices,
                depth,
                axis,
                Tensor.ones(Shape.SCALAR, dtype),
                Tensor.zeros(Shape.SCALAR, dtype));
    }

    /** As {@link #oneHot(Tensor, int, int, DType)} with two scalars in place of 1 and 0. */
    public static Tensor oneHot(Tensor indices, int depth, int axis, Tensor on, Tensor off) {
        if (!indices.dtype().isInteger() || depth < 0) {
            throw new TensorException(
                    "oneHot: indices must be integers and the depth not negative, got "
                            + indices.type()
                            + " and "
                            + depth);
        }
        int rank = indices.rank();
        int a = axis < 0 ? axis + rank + 1 : axis;
        if (a < 0 || a > rank) {
            throw new TensorException(
                    "oneHot: axis " + axis + " is out of range for indices " + indices.type());
        }
        var positions = index("oneHot", indices);
        var line = Ints.repeat(1, rank + 1).toArray();
        line[a] = depth;
        var numbers = Movements.reshape(Movements.iota(depth, positions.dtype()), Shape.of(line));
        var hit = Elements.equal(Movements.expandDims(positions, a), numbers);
        return Elements.select(hit, on, off);
    }
}
