package sungu.ops;

import sungu.primitive.ArgSort;
import sungu.primitive.IndexVectors;
import sungu.primitive.SearchSorted;
import sungu.primitive.Unique;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.stream.IntStream;

/**
 * Orders of elements: sorting, the largest ones, distinct ones, searches. Equal elements keep their
 * order in both directions. NaN counts as larger than all numbers (TensorFlow leaves its place
 * open).
 */
public final class Sorting {
    private Sorting() {}

    /** The elements along an axis in ascending order. */
    public static Tensor sort(Tensor x, int axis) {
        return sort(x, axis, false);
    }

    /** The elements along an axis in ascending or descending order. */
    public static Tensor sort(Tensor x, int axis, boolean descending) {
        return Indexing.takeAlongAxis(x, argsort(x, axis, descending), axis);
    }

    /** The positions, int32, of the elements along an axis in ascending order. */
    public static Tensor argsort(Tensor x, int axis) {
        return argsort(x, axis, false);
    }

    /**
     * The positions, int32, of the elements along an axis in ascending or descending order; equal
     * ones by position.
     */
    public static Tensor argsort(Tensor x, int axis, boolean descending) {
        int a = x.shape().axis(axis);
        return Context.bind(new ArgSort(a, descending, x.shape().dim(a)), x);
    }

    /** The largest elements of each row and where they stand in it. */
    public record TopK(Tensor values, Tensor indices) {}

    /**
     * The {@code k} largest elements of the last dimension, largest first, of equal ones the first;
     * and their positions, int32.
     */
    public static TopK topK(Tensor x, int k) {
        if (x.rank() == 0 || k < 0 || k > x.shape().dim(-1)) {
            throw new TensorException("topK: no " + k + " elements in the rows of " + x.type());
        }
        var indices = Context.bind(new ArgSort(x.rank() - 1, true, k), x);
        return new TopK(Indexing.takeAlongAxis(x, indices, -1), indices);
    }

    /**
     * Whether each target is among the {@code k} classes with the largest predictions, ties counted
     * in; false where it is no class or NaN.
     */
    public static Tensor inTopK(Tensor targets, Tensor predictions, int k) {
        if (predictions.rank() != 2
                || targets.rank() != 1
                || targets.size() != predictions.shape().dim(0)) {
            throw new TensorException(
                    "inTopK: targets "
                            + targets.type()
                            + " do not fit to predictions "
                            + predictions.type(),
                    "targets are a vector of classes, predictions a row of scores for each");
        }
        var numbers = Indexing.index("inTopK", targets);
        int classes = predictions.shape().dim(1);
        var valid =
                Elements.and(
                        Elements.greaterEqual(numbers, Elements.weak(0, numbers)),
                        Elements.less(numbers, Elements.weak(classes, numbers)));
        var safe =
                Movements.expandDims(
                        Elements.select(valid, numbers, Elements.weak(-1, numbers)), -1);
        var vectors = Movements.expandDims(safe, -1);
        var score = Indexing.gather(new IndexVectors(1, 0, 1, true), predictions, vectors);
        var larger =
                Reductions.sum(
                        Elements.greater(
                                        predictions,
                                        Movements.broadcastTo(score, predictions.shape()))
                                .cast(DType.INT32),
                        false,
                        1);
        var finite =
                Elements.and(
                        Elements.isFinite(Movements.squeeze(score, 1)),
                        Reductions.all(Elements.logicalNot(Elements.isNan(predictions)), false, 1));
        return Elements.and(Elements.and(valid, finite), Elements.less(larger, Tensor.of(k)));
    }

    /**
     * Distinct elements or rows.
     *
     * @param values the distinct ones along the axis
     * @param first the position, int32, of the first occurrence of each; -1 for padding
     * @param inverse per element or row the number, int32, of its distinct one
     * @param counts how often each occurs, int32
     */
    public record Distinct(Tensor values, Tensor first, Tensor inverse, Tensor counts) {}

    /**
     * The distinct elements of a vector, in sorted order or as they occur first. Not in traced
     * functions.
     */
    public static Distinct unique(Tensor x, boolean sorted) {
        return unique(x, 0, sorted, -1);
    }

    /**
     * The distinct slices along an axis.
     *
     * @param size how many to give, filled up with zeros; -1 for as many as there are, which can't
     *     be traced
     */
    public static Distinct unique(Tensor x, int axis, boolean sorted, int size) {
        int a = x.shape().axis(axis);
        int rank = x.rank();
        var order = IntStream.range(0, rank).map(i -> i == 0 ? a : i <= a ? i - 1 : i).toArray();
        var found = Context.bindAll(new Unique(sorted, size), Movements.transpose(x, order));
        var vectors = Movements.reshape(found[0], Shape.of(found[0].size(), 1));
        var values = Indexing.gather(new IndexVectors(0, a, 1, true), x, vectors);
        return new Distinct(values, found[0], found[1], found[2]);
    }

    /**
     * Where, int32, values would be put into sorted rows to keep them sorted: before their equals,
     * or behind them if {@code right}. Both have the same dimensions but the last; a single sorted
     * row takes values of any shape.
     */
    public static Tensor searchSorted(Tensor sorted, Tensor values, boolean right) {
        if (sorted.rank() == 1 && values.rank() != 1) {
            var flat =
                    Context.bind(
                            new SearchSorted(right),
                            sorted,
                            Movements.reshape(values, Shape.of(values.size())));
            return Movements.reshape(flat, values.shape());
        }
        return Context.bind(new SearchSorted(right), sorted, values);
    }
}
