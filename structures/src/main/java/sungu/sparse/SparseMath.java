package sungu.sparse;

import org.jspecify.annotations.Nullable;

import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Scattering;
import sungu.primitive.IndexVectors;
import sungu.primitive.Scatter.Combine;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Operations that compute with the values of sparse tensors. */
public final class SparseMath {
    private SparseMath() {}

    // ---- elementwise
    // -----------------------------------------------------------------------------------------------------------

    /**
     * Applies a function to the values only: one that keeps 0 in its place gives the elementwise
     * result.
     */
    public static SparseTensor map(UnaryOperator<Tensor> function, SparseTensor x) {
        return x.withValues(function.apply(x.values()));
    }

    /** Applies a function to the values of tensors that have the very same indices. */
    public static SparseTensor mapValues(
            Function<List<Tensor>, Tensor> function, List<SparseTensor> arguments) {
        var first = arguments.getFirst();
        for (var other : arguments) {
            if (!Arrays.equals(first.positions(), other.positions())
                    || !Arrays.equals(first.denseShape(), other.denseShape())) {
                throw new TensorException(
                        "map: the sparse tensors have different indices or shapes");
            }
        }
        return first.withValues(
                function.apply(arguments.stream().map(SparseTensor::values).toList()));
    }

    /** Elementwise sum. */
    public static SparseTensor add(SparseTensor x, SparseTensor y) {
        return merged(Elements::add, x, y);
    }

    /**
     * Elementwise sum; where both have a value, a sum whose magnitude is less than the threshold is
     * left out.
     */
    public static SparseTensor add(SparseTensor x, SparseTensor y, double threshold) {
        var sum = add(x, y);
        if (threshold <= 0) {
            return sum;
        }
        var magnitude = Elements.abs(sum.values()).toDoubles();
        var summands =
                add(map(Elements::onesLike, x), map(Elements::onesLike, y)).values().toInts();
        return Sparse.keep(
                sum,
                IntStream.range(0, magnitude.length)
                        .filter(i -> summands[i] < 2 || magnitude[i] >= threshold)
                        .toArray());
    }

    /** The dense sum with a dense tensor of the same shape. */
    public static Tensor add(SparseTensor x, Tensor y) {
        if (!y.shape().equals(x.shape())) {
            throw new TensorException(
                    "add: "
                            + Arrays.toString(x.denseShape())
                            + " and "
                            + y.type()
                            + " differ in shape");
        }
        return Scattering.tensorScatter(Combine.ADD, y, x.indices(), x.values());
    }

    /** Elementwise maximum; what is absent counts as 0. */
    public static SparseTensor maximum(SparseTensor x, SparseTensor y) {
        return merged(Elements::maximum, x, y);
    }

    /** Elementwise minimum; what is absent counts as 0. */
    public static SparseTensor minimum(SparseTensor x, SparseTensor y) {
        return merged(Elements::minimum, x, y);
    }

    /** Applies an operation to the values of both where either has one. */
    private static SparseTensor merged(
            BinaryOperator<Tensor> operation, SparseTensor x, SparseTensor y) {
        if (!Arrays.equals(x.denseShape(), y.denseShape())
                || x.dtype() != y.dtype()
                || x.dtype() == DType.STRING) {
            throw new TensorException(
                    "sparse: "
                            + x.dtype()
                            + Arrays.toString(x.denseShape())
                            + " and "
                            + y.dtype()
                            + Arrays.toString(y.denseShape())
                            + " must be numbers of one dtype and shape");
        }
        int rank = x.rank();
        var left = new int[x.count() + y.count()];
        var right = new int[left.length];
        var out = new long[left.length * rank];
        int n = 0;
        int i = 0;
        int k = 0;
        while (i < x.count() || k < y.count()) {
            int order =
                    i == x.count()
                            ? 1
                            : k == y.count()
                                    ? -1
                                    : Sparse.compare(x.positions(), i, y.positions(), k, rank);
            System.arraycopy(
                    order <= 0 ? x.positions() : y.positions(),
                    (order <= 0 ? i : k) * rank,
                    out,
                    n * rank,
                    rank);
            left[n] = order <= 0 ? i++ : -1;
            right[n++] = order >= 0 ? k++ : -1;
        }
        return Sparse.made(
                Arrays.copyOf(out, n * rank),
                operation.apply(orZero(x.values(), left, n), orZero(y.values(), right, n)),
                x.denseShape());
    }

    private static Tensor orZero(Tensor values, int[] positions, int count) {
        var vectors =
                new HostTensor(DType.INT32, Shape.of(count, 1), Arrays.copyOf(positions, count));
        return Indexing.gather(new IndexVectors(0, 0, 1, true), values, vectors);
    }

    /** Elementwise product with a dense tensor, which is stretched to the shape of this one. */
    public static SparseTensor times(SparseTensor x, Tensor y) {
        return x.withValues(x.values().times(at(x, y)));
    }

    /** Elementwise true division by a dense tensor, which is stretched; no element may be 0. */
    public static SparseTensor div(SparseTensor x, Tensor y) {
        if (y instanceof HostTensor host) {
            for (int i = 0; i < host.size(); i++) {
                if (host.number(i) == 0) {
                    throw new TensorException(
                            "sparse: a divisor is 0, so zeros in no place would be NaN");
                }
            }
        }
        return x.withValues(x.values().div(at(x, y)));
    }

    /** The elements of a dense tensor, stretched, where a sparse one has values. */
    private static Tensor at(SparseTensor x, Tensor y) {
        int lead = x.rank() - y.rank();
        boolean fits = lead >= 0 && y.dtype() == x.dtype();
        for (int d = 0; fits && d < y.rank(); d++) {
            fits = y.shape().dim(d) == 1 || y.shape().dim(d) == x.denseShape()[lead + d];
        }
        if (!fits) {
            throw new TensorException(
                    "sparse: "
                            + y.type()
                            + " can't be stretched to "
                            + x.dtype()
                            + Arrays.toString(x.denseShape()));
        }
        if (y.rank() == 0) {
            return y;
        }
        var vectors = new long[x.count() * y.rank()];
        Arrays.setAll(
                vectors,
                i -> {
                    int d = i % y.rank();
                    return y.shape().dim(d) == 1
                            ? 0
                            : x.positions()[i / y.rank() * x.rank() + lead + d];
                });
        return Indexing.gatherNd(
                y, new HostTensor(DType.INT64, Shape.of(x.count(), y.rank()), vectors));
    }

    // ---- reductions
    // -----------------------------------------------------------------------------------------------------------

    /** The sum over some axes, dense; over all when none is given. */
    public static Tensor sum(SparseTensor x, boolean keep, int... axes) {
        return dense(Combine.ADD, x, keep, axes);
    }

    /** The maximum of the values over some axes, dense; 0 where there are none. */
    public static Tensor max(SparseTensor x, boolean keep, int... axes) {
        return dense(Combine.MAX, x, keep, axes);
    }

    /** The sum over some axes, sparse: where there are values to add. */
    public static SparseTensor sparseSum(SparseTensor x, boolean keep, int... axes) {
        return sparse(Combine.ADD, x, keep, axes);
    }

    /** The maximum over some axes, sparse: where there are values. */
    public static SparseTensor sparseMax(SparseTensor x, boolean keep, int... axes) {
        return sparse(Combine.MAX, x, keep, axes);
    }

    private static boolean[] folded(SparseTensor x, int[] axes) {
        if (x.dtype() == DType.STRING) {
            throw new TensorException("sparse: strings can't be reduced");
        }
        var folded = new boolean[x.rank()];
        for (int axis : axes) {
            folded[Sparse.axis(x, axis)] = true;
        }
        if (axes.length == 0) {
            Arrays.fill(folded, true);
        }
        return folded;
    }

    private static SparseTensor sparse(Combine fold, SparseTensor x, boolean keep, int... axes) {
        var folded = folded(x, axes);
        var kept = IntStream.range(0, x.rank()).filter(d -> keep || !folded[d]).toArray();
        var groups = new TreeMap<List<Long>, Integer>(SparseMath::order);
        var keys = keys(x, folded, kept);
        keys.forEach(key -> groups.put(key, 0));
        int next = 0;
        var out = new long[groups.size() * kept.length];
        for (var group : groups.entrySet()) {
            group.setValue(next);
            for (int d = 0; d < kept.length; d++) {
                out[next * kept.length + d] = group.getKey().get(d);
            }
            next++;
        }
        var ids =
                Tensor.ofInts(keys.stream().mapToInt(key -> groups.getOrDefault(key, 0)).toArray());
        return Sparse.made(
                out,
                Scattering.unsortedSegment(fold, x.values(), ids, next),
                shape(x, folded, kept));
    }

    private static long[] shape(SparseTensor x, boolean[] folded, int[] kept) {
        return Arrays.stream(kept).mapToLong(d -> folded[d] ? 1 : x.denseShape()[d]).toArray();
    }

    private static int order(List<Long> a, List<Long> b) {
        for (int d = 0; d < a.size(); d++) {
            int order = Long.compare(a.get(d), b.get(d));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static List<List<Long>> keys(SparseTensor x, boolean[] folded, int[] kept) {
        var at = x.positions();
        return IntStream.range(0, x.count())
                .mapToObj(i ->
                        Arrays.stream(kept)
                                .mapToObj(d -> folded[d] ? 0L : at[i * x.rank() + d])
                                .toList())
                .toList();
    }

    private static Tensor dense(Combine fold, SparseTensor x, boolean keep, int... axes) {
        var groups = sparse(fold, x, keep, axes);
        if (groups.rank() == 0) {
            return groups.count() == 0
                    ? Tensor.zeros(Shape.SCALAR, x.dtype())
                    : Movements.reshape(groups.values(), Shape.SCALAR);
        }
        return Sparse.toDense(groups);
    }

    /** Softmax of the values that share all indices but the last; absent ones take no part. */
    public static SparseTensor softmax(SparseTensor x) {
        if (x.rank() < 2 || !x.dtype().isFloating()) {
            throw new TensorException(
                    "softmax: takes floating numbers of rank 2 or more, got "
                            + x.dtype()
                            + Arrays.toString(x.denseShape()));
        }
        var rows = new TreeMap<List<Long>, Integer>(SparseMath::order);
        var keys = keys(x, new boolean[x.rank()], IntStream.range(0, x.rank() - 1).toArray());
        keys.forEach(key -> rows.putIfAbsent(key, rows.size()));
        var ids = Tensor.ofInts(keys.stream().mapToInt(key -> rows.getOrDefault(key, 0)).toArray());
        var highest = Scattering.unsortedSegment(Combine.MAX, x.values(), ids, rows.size());
        var powers =
                x.values().minus(Indexing.gather(Controls.stopGradient(highest), ids, 0)).exp();
        var total = Scattering.unsortedSegment(Combine.ADD, powers, ids, rows.size());
        return x.withValues(powers.div(Indexing.gather(total, ids, 0)));
    }

    // ---- products
    // -----------------------------------------------------------------------------------------------------------

    /** The product of a sparse matrix and a dense one, dense. */
    public static Tensor matmul(SparseTensor x, Tensor y) {
        return matmul(x, y, false, false);
    }

    /**
     * The product of a sparse matrix and a dense one, dense. The sparse one is never made dense:
     * the work is that of its values times the columns of the other.
     *
     * @param adjointX whether the first is transposed and conjugated first
     * @param adjointY whether the second is
     */
    public static Tensor matmul(SparseTensor x, Tensor y, boolean adjointX, boolean adjointY) {
        if (x.rank() != 2 || y.rank() != 2 || x.dtype() != y.dtype()) {
            throw new TensorException(
                    "matmul: takes two matrices of one dtype, got sparse "
                            + x.dtype()
                            + Arrays.toString(x.denseShape())
                            + " and "
                            + y.type());
        }
        var dense = adjointY ? Elements.conj(y).transpose() : y;
        var values = adjointX ? Elements.conj(x.values()) : x.values();
        int rows = x.shape().dim(adjointX ? 1 : 0);
        int inner = x.shape().dim(adjointX ? 0 : 1);
        if (dense.shape().dim(0) != inner) {
            throw new TensorException(
                    "matmul: inner dimensions differ: sparse "
                            + Arrays.toString(x.denseShape())
                            + (adjointX ? " adjoint" : "")
                            + " x "
                            + y.type()
                            + (adjointY ? " adjoint" : "")
                            + " ("
                            + inner
                            + " != "
                            + dense.shape().dim(0)
                            + ")");
        }
        if (x.dtype() == DType.FLOAT32 || x.dtype() == DType.FLOAT64) {
            return Context.bind(
                    new SparseProduct(rows, inner, adjointX), x.indices(), values, dense);
        }
        var row = x.indices().get(adjointX ? ":, 1" : ":, 0");
        var column = x.indices().get(adjointX ? ":, 0" : ":, 1");
        var terms = Indexing.gather(dense, column, 0).times(Movements.expandDims(values, 1));
        return Scattering.unsortedSegment(Combine.ADD, terms, row, rows);
    }

    /**
     * {@code alpha * (x . y) + beta * z} at the indices of z only: the product of dense matrices is
     * worked out nowhere else.
     */
    public static SparseTensor sampledProduct(
            SparseTensor z, Tensor x, Tensor y, double beta, double alpha) {
        if (z.rank() != 2
                || x.rank() != 2
                || y.rank() != 2
                || x.shape().dim(1) != y.shape().dim(0)
                || x.shape().dim(0) != z.shape().dim(0)
                || y.shape().dim(1) != z.shape().dim(1)) {
            throw new TensorException(
                    "sampledProduct: "
                            + x.type()
                            + " x "
                            + y.type()
                            + " at positions of "
                            + Arrays.toString(z.denseShape()));
        }
        var product = Context.bind(new SampledProduct(), z.indices(), x, y.transpose());
        return z.withValues(product.times(alpha).plus(z.values().times(beta)));
    }

    // ---- segments of chosen rows
    // -----------------------------------------------------------------------------------------------------------

    /** Which fold of a segment: its sum, its mean, or its sum by the root of its number. */
    public enum Mean {
        NONE,
        MEAN,
        SQRT_N
    }

    /**
     * Chosen rows folded by segment.
     *
     * @param positions the rows, one per entry of {@code ids}
     * @param ids the segments, in ascending order
     * @param segments their number; null for the last id plus 1
     */
    public static Tensor segment(
            Mean mean, Tensor data, Tensor positions, Tensor ids, @Nullable Integer segments) {
        if (positions.rank() != 1 || !positions.type().shape().equals(ids.type().shape())) {
            throw new TensorException(
                    "segments: positions "
                            + positions.type()
                            + " and ids "
                            + ids.type()
                            + " differ in shape");
        }
        var numbers = ids.toLongs();
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < (i == 0 ? 0 : numbers[i - 1])) {
                throw new TensorException(
                        "segments: ids["
                                + i
                                + "] = "
                                + numbers[i]
                                + " does not ascend from 0 or more");
            }
        }
        int count =
                segments != null
                        ? segments
                        : numbers.length == 0
                                ? 0
                                : Math.toIntExact(numbers[numbers.length - 1] + 1);
        var rows = Indexing.gather(data, positions, 0);
        return switch (mean) {
            case NONE -> Scattering.unsortedSegment(Combine.ADD, rows, ids, count);
            case MEAN -> Scattering.unsortedSegmentMean(rows, ids, count);
            case SQRT_N -> Scattering.unsortedSegmentSqrtN(rows, ids, count);
        };
    }
}
