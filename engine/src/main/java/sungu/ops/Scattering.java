package sungu.ops;

import org.jspecify.annotations.Nullable;

import sungu.primitive.IndexVectors;
import sungu.primitive.Scatter;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.Arrays;

/**
 * Writing and folding at positions that tensors hold: scatter, segments, counts. Updates that hit
 * one place are combined in their order. Positions do not count from the end, and one that lies
 * outside is an error, as TensorFlow has it on the CPU.
 */
public final class Scattering {
    private Scattering() {}

    /**
     * Slices combined into {@code x} at the positions that index vectors name; see {@link
     * IndexVectors}.
     */
    public static Tensor scatter(
            Combine combine, IndexVectors vectors, Tensor x, Tensor indices, Tensor updates) {
        return Context.bind(
                new Scatter(
                        combine,
                        vectors.batch(),
                        vectors.outer(),
                        vectors.depth(),
                        vectors.lenient()),
                x,
                indices,
                updates);
    }

    /**
     * The tensor with the elements or slices that index vectors, the last dimension of {@code
     * indices}, name combined with updates.
     */
    public static Tensor tensorScatter(Combine combine, Tensor x, Tensor indices, Tensor updates) {
        if (indices.rank() == 0) {
            throw new TensorException("scatter: indices must be vectors, got " + indices.type());
        }
        return scatter(
                combine,
                new IndexVectors(0, 0, indices.shape().dim(-1), false),
                x,
                Indexing.index("scatter", indices),
                updates);
    }

    /** The tensor with updates subtracted from the elements or slices that index vectors name. */
    public static Tensor tensorScatterSubtract(Tensor x, Tensor indices, Tensor updates) {
        return tensorScatter(Combine.ADD, x, indices, Elements.negate(updates));
    }

    /** The tensor with elements or slices replaced. */
    public static Tensor tensorScatterUpdate(Tensor x, Tensor indices, Tensor updates) {
        return tensorScatter(Combine.UPDATE, x, indices, updates);
    }

    /**
     * Updates put into a tensor of zeros (false, empty strings); where several hit one place they
     * are added (or'ed, joined).
     */
    public static Tensor scatterNd(Tensor indices, Tensor updates, Shape shape) {
        return tensorScatter(
                updates.dtype() == DType.BOOL ? Combine.MAX : Combine.ADD,
                Tensor.zeros(shape, updates.dtype()),
                indices,
                updates);
    }

    /**
     * The tensor with rows combined with updates: {@code x[indices[i]]} with {@code updates[i]}.
     *
     * @param indices of any shape; the updates have that shape and then that of a row, or are a
     *     scalar
     */
    public static Tensor scatterRows(Combine combine, Tensor x, Tensor indices, Tensor updates) {
        if (x.rank() == 0) {
            throw new TensorException("scatter: a scalar " + x.type() + " has no rows");
        }
        var vectors =
                Movements.reshape(
                        Indexing.index("scatter", indices),
                        indices.shape().insert(indices.rank(), 1));
        var all =
                updates.rank() == 0
                        ? Movements.broadcastTo(
                                updates, indices.shape().concat(x.shape().slice(1, x.rank())))
                        : updates;
        return tensorScatter(combine, x, vectors, all);
    }

    /**
     * As {@link #scatterRows} in each of several tensors: all but the last dimension of the indices
     * are batch dimensions that {@code x} has, too.
     */
    public static Tensor batchScatterRows(
            Combine combine, Tensor x, Tensor indices, Tensor updates) {
        int batch = indices.rank() - 1;
        if (batch < 0) {
            throw new TensorException(
                    "scatter: indices must have batch dimensions, got " + indices.type());
        }
        var vectors =
                Movements.reshape(
                        Indexing.index("scatter", indices),
                        indices.shape().insert(indices.rank(), 1));
        return scatter(combine, new IndexVectors(batch, 0, 1, false), x, vectors, updates);
    }

    // ---- segments
    // -------------------------------------------------------------------------------------------------------------

    /**
     * Folds rows by the segment each belongs to; the ids need no order.
     *
     * @param combine ADD, MULTIPLY, MIN or MAX
     * @param ids of the leading dimensions of {@code data}; rows with negative ids are left out,
     *     ids of {@code segments} and more are errors
     * @return one row per segment; an empty one holds 0, 1, the largest or the smallest finite
     *     number
     */
    public static Tensor unsortedSegment(Combine combine, Tensor data, Tensor ids, int segments) {
        if (segments < 0
                || ids.rank() > data.rank()
                || !data.shape().slice(0, ids.rank()).equals(ids.shape())) {
            throw new TensorException(
                    "segments: ids "
                            + ids.type()
                            + " must have the leading dimensions of the data "
                            + data.type()
                            + " and the number of segments can't be "
                            + segments);
        }
        return fold(combine, neutral(combine, data.dtype()), data, ids, segments);
    }

    /**
     * The mean of the rows of each segment, 0 for an empty one; integers are divided as floats. See
     * {@link #unsortedSegment}.
     */
    public static Tensor unsortedSegmentMean(Tensor data, Tensor ids, int segments) {
        var sums = unsortedSegment(Combine.ADD, data, ids, segments);
        var counts = counts(data, ids, segments);
        return Elements.trueDivide(sums, Elements.maximum(counts, Elements.weak(1, counts)));
    }

    /**
     * The sum of the rows of each segment by the square root of their number; see {@link
     * #unsortedSegment}.
     */
    public static Tensor unsortedSegmentSqrtN(Tensor data, Tensor ids, int segments) {
        var sums = unsortedSegment(Combine.ADD, data, ids, segments);
        var counts = counts(data, ids, segments);
        return sums.div(Elements.sqrt(Elements.maximum(counts, Elements.weak(1, counts))));
    }

    /** How many rows each segment has, shaped to divide its fold. */
    private static Tensor counts(Tensor data, Tensor ids, int segments) {
        var counts =
                unsortedSegment(Combine.ADD, Tensor.ones(ids.shape(), data.dtype()), ids, segments);
        var dims = new int[1 + data.rank() - ids.rank()];
        Arrays.fill(dims, 1);
        dims[0] = segments;
        return Movements.reshape(counts, Shape.of(dims));
    }

    /**
     * Folds rows by segment; the ids are a vector in ascending order and the last one tells the
     * number of segments, so this can't be traced. An empty segment holds 0, or 1 for products.
     */
    public static Tensor segment(Combine combine, Tensor data, Tensor ids) {
        if (ids.rank() != 1 || data.rank() == 0 || data.shape().dim(0) != ids.size()) {
            throw new TensorException(
                    "segments: ids must be a vector with an id per row of the data "
                            + data.type()
                            + ", got "
                            + ids.type());
        }
        var numbers = ids.toLongs();
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < (i == 0 ? 0 : numbers[i - 1])) {
                throw new TensorException(
                        "segments: ids must ascend from 0 or more; ids["
                                + i
                                + "] = "
                                + numbers[i]
                                + (i == 0 ? "" : " after " + numbers[i - 1]),
                        "use unsortedSegment");
            }
        }
        int segments = numbers.length == 0 ? 0 : (int) numbers[numbers.length - 1] + 1;
        var folded = unsortedSegment(combine, data, ids, segments);
        if (combine != Combine.MIN && combine != Combine.MAX) {
            return folded;
        }
        var present =
                Elements.greater(
                        counts(Elements.zerosLike(data), ids, segments), Elements.weak(0, data));
        return Elements.select(
                Elements.broadcastLike(present, folded), folded, Elements.zerosLike(folded));
    }

    /** The mean of the rows of each segment, 0 for an empty one; see {@link #segment}. */
    public static Tensor segmentMean(Tensor data, Tensor ids) {
        var sums = segment(Combine.ADD, data, ids);
        var counts = counts(data, ids, sums.shape().dim(0));
        return Elements.truncateDivide(sums, Elements.maximum(counts, Elements.weak(1, counts)));
    }

    private static Tensor fold(
            Combine combine, Tensor start, Tensor data, Tensor ids, int segments) {
        var rows = Shape.of(segments).concat(data.shape().slice(ids.rank(), data.rank()));
        var vectors =
                Movements.reshape(
                        Indexing.index("segments", ids), ids.shape().insert(ids.rank(), 1));
        return scatter(
                combine,
                new IndexVectors(0, 0, 1, true),
                Movements.broadcastTo(start, rows),
                vectors,
                data);
    }

    private static Tensor neutral(Combine combine, DType dtype) {
        var value = HostTensor.newArray(dtype, Shape.SCALAR);
        boolean largest = combine == Combine.MIN;
        switch (combine) {
            case ADD -> {}
            case MULTIPLY -> Numbers.putLong(dtype, value, 0, 1);
            case MIN, MAX -> {
                if (dtype.isFloating()) {
                    double limit =
                            switch (dtype) {
                                case FLOAT64 -> Double.MAX_VALUE;
                                case FLOAT16 -> 65504;
                                case BFLOAT16 -> 0x1.FEp127;
                                case FLOAT8_E4M3FN -> 448;
                                case FLOAT8_E5M2 -> 57344;
                                default -> Float.MAX_VALUE;
                            };
                    Numbers.put(dtype, value, 0, largest ? limit : -limit);
                } else if (dtype == DType.BOOL) {
                    Numbers.putLong(dtype, value, 0, largest ? 1 : 0);
                } else if (dtype.isInteger()) {
                    int bits = 8 * dtype.bytes();
                    long highest =
                            dtype.isUnsigned()
                                    ? -1L >>> (64 - bits)
                                    : Long.MAX_VALUE >>> (64 - bits);
                    Numbers.putLong(
                            dtype,
                            value,
                            0,
                            largest ? highest : dtype.isUnsigned() ? 0 : -highest - 1);
                }
            }
            default -> throw new TensorException("segments: no fold " + combine);
        }
        return new HostTensor(dtype, Shape.SCALAR, value);
    }

    // ---- counts
    // ---------------------------------------------------------------------------------------------------------------

    /**
     * How often each number from 0 to {@code length - 1} occurs in the last dimension, or the sum
     * of the weights where it does. Larger numbers are not counted.
     *
     * @param weights of the shape of {@code x}; null counts in {@code dtype}
     */
    public static Tensor bincount(Tensor x, @Nullable Tensor weights, int length, DType dtype) {
        var numbers = Indexing.index("bincount", x);
        var counted =
                Elements.select(
                        Elements.less(numbers, Elements.weak(length, numbers)),
                        numbers,
                        Elements.weak(-1, numbers));
        int batch = Math.max(x.rank() - 1, 0);
        var vectors = Movements.reshape(counted, x.shape().insert(x.rank(), 1));
        var updates = weights == null ? Tensor.ones(x.shape(), dtype) : weights;
        if (!updates.shape().equals(x.shape())) {
            throw new TensorException(
                    "bincount: weights " + updates.type() + " do not fit to " + x.type());
        }
        var start =
                Tensor.zeros(x.shape().slice(0, batch).concat(Shape.of(length)), updates.dtype());
        return scatter(Combine.ADD, new IndexVectors(batch, 0, 1, true), start, vectors, updates);
    }

    /**
     * The number of bins that {@link #bincount} needs to count all elements: the largest plus 1. It
     * reads the values.
     */
    public static int binsFor(Tensor x) {
        long largest = -1;
        for (long value : x.toLongs()) {
            if (value < 0) {
                throw new TensorException("bincount: negative number " + value);
            }
            largest = Math.max(largest, value);
        }
        return Math.toIntExact(largest + 1);
    }
}
