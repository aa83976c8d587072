package sungu.passes;

import sungu.tensor.Ints;
import sungu.tensor.Shape;

import java.util.Arrays;

/** What passes ask about axes; in plain loops, for programs are made in a cold JVM. */
final class Axes {
    private Axes() {}

    /** Each axis of a list, as a permutation names it. */
    static Ints through(Ints order, Ints axes) {
        var moved = axes.toArray();
        for (int i = 0; i < moved.length; i++) {
            moved[i] = order.get(moved[i]);
        }
        return Ints.of(moved);
    }

    /** Each axis of a list, so many further on. */
    static Ints shifted(Ints axes, int by) {
        var moved = axes.toArray();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += by;
        }
        return Ints.of(moved);
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
        for (int i = 1; i < axes.length; i++) {
            if (axes[i - 1] >= axes[i]) {
                return false;
            }
        }
        return true;
    }

    /** The axes of sizes other than 1. */
    static int[] wide(Shape shape) {
        return wide(Ints.range(0, shape.rank()), shape);
    }

    /** The axes of sizes other than 1 in the order that a permutation brings them to. */
    static int[] wide(Ints order, Shape shape) {
        var axes = new int[order.size()];
        int n = 0;
        for (int i = 0; i < axes.length; i++) {
            if (shape.dim(order.get(i)) != 1) {
                axes[n++] = order.get(i);
            }
        }
        return Arrays.copyOf(axes, n);
    }

    /** Whether two shapes differ in dimensions of size 1 only. */
    static boolean sameButUnits(Shape a, Shape b) {
        var left = wide(a);
        var right = wide(b);
        if (left.length != right.length) {
            return false;
        }
        for (int i = 0; i < left.length; i++) {
            if (a.dim(left[i]) != b.dim(right[i])) {
                return false;
            }
        }
        return true;
    }

    /** A shape with leading dimensions of size 1 up to a rank. */
    static Shape padded(Shape shape, int rank) {
        return Shape.of(Ints.repeat(1, rank - shape.rank()).toArray()).concat(shape);
    }

    /** Whether all these dimensions have size 1. */
    static boolean areUnits(Shape shape, Ints axes) {
        for (int i = 0; i < axes.size(); i++) {
            if (shape.dim(axes.get(i)) != 1) {
                return false;
            }
        }
        return true;
    }
}
