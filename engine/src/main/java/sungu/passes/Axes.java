package sungu.passes;

import sungu.tensor.Ints;
import sungu.tensor.Shape;

import java.util.stream.IntStream;

/** What passes ask about axes. */
final class Axes {
    private Axes() {}

    /** Each axis of a list, as a permutation names it. */
    static Ints through(Ints order, Ints axes) {
        return Ints.of(IntStream.of(axes.toArray()).map(order::get).toArray());
    }

    /** Each axis of a list, so many further on. */
    static Ints shifted(Ints axes, int by) {
        return Ints.of(IntStream.of(axes.toArray()).map(axis -> axis + by).toArray());
    }

    /** The permutation that undoes another. */
    static Ints inverse(Ints order) {
        var inverse = new int[order.size()];
        for (int i = 0; i < inverse.length; i++) {
            inverse[order.get(i)] = i;
        }
        return Ints.of(inverse);
    }

    static boolean isAscending(int[] axes) {
        return IntStream.range(1, axes.length).allMatch(i -> axes[i - 1] < axes[i]);
    }

    /** The axes of sizes other than 1. */
    static int[] wide(Shape shape) {
        return IntStream.range(0, shape.rank()).filter(i -> shape.dim(i) != 1).toArray();
    }

    /** The axes of sizes other than 1 in the order that a permutation brings them to. */
    static int[] wide(Ints order, Shape shape) {
        return IntStream.of(order.toArray()).filter(i -> shape.dim(i) != 1).toArray();
    }

    /** Whether two shapes differ in dimensions of size 1 only. */
    static boolean sameButUnits(Shape a, Shape b) {
        var left = wide(a);
        var right = wide(b);
        return left.length == right.length
                && IntStream.range(0, left.length).allMatch(i -> a.dim(left[i]) == b.dim(right[i]));
    }

    /** A shape with leading dimensions of size 1 up to a rank. */
    static Shape padded(Shape shape, int rank) {
        return Shape.of(Ints.repeat(1, rank - shape.rank()).toArray()).concat(shape);
    }

    /** Whether all these dimensions have size 1. */
    static boolean areUnits(Shape shape, Ints axes) {
        return IntStream.of(axes.toArray()).allMatch(axis -> shape.dim(axis) == 1);
    }
}
