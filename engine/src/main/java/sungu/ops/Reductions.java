package sungu.ops;

import sungu.primitive.ArgReduce;
import sungu.primitive.Cumulative;
import sungu.primitive.Reduce;
import sungu.primitive.Reduce.Fold;
import sungu.tensor.DType;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.SymbolicTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.Arrays;

/** Operations that fold axes away, and running folds. No axes given means all of them. */
public final class Reductions {
    private Reductions() {}

    /** Folds some axes; {@code keep} leaves them with size 1. */
    public static Tensor reduce(Fold fold, Tensor x, boolean keep, int... axes) {
        var normal = axes(x, axes);
        if (normal.length == 0) {
            return x;
        }
        var folded = Context.bind(new Reduce(fold, Ints.of(normal)), x);
        if (!keep) {
            return folded;
        }
        var dims = x.shape().dims();
        for (int axis : normal) {
            dims[axis] = 1;
        }
        return Movements.reshape(folded, Shape.owning(dims));
    }

    /** The axes from 0 on, sorted; none given means all. */
    public static int[] axes(Tensor x, int... axes) {
        if (axes.length == 0) {
            return Ints.range(0, x.rank()).toArray();
        }
        var normal = Arrays.stream(axes).map(x.shape()::axis).sorted().toArray();
        for (int i = 1; i < normal.length; i++) {
            if (normal[i] == normal[i - 1]) {
                throw new TensorException(
                        "axis " + normal[i] + " is named twice in " + Arrays.toString(axes));
            }
        }
        return normal;
    }

    /** The sum. */
    public static Tensor sum(Tensor x, boolean keep, int... axes) {
        if (x instanceof SymbolicTensor symbolic) {
            return symbolic.operator("sum", x, axes.length == 0 ? null : axes, keep);
        }
        return reduce(Fold.SUM, x, keep, axes);
    }

    /** The product. */
    public static Tensor product(Tensor x, boolean keep, int... axes) {
        return reduce(Fold.PRODUCT, x, keep, axes);
    }

    /** The maximum. */
    public static Tensor max(Tensor x, boolean keep, int... axes) {
        if (x instanceof SymbolicTensor symbolic) {
            return symbolic.operator("max", x, axes.length == 0 ? null : axes, keep);
        }
        return reduce(Fold.MAX, x, keep, axes);
    }

    /** The minimum. */
    public static Tensor min(Tensor x, boolean keep, int... axes) {
        if (x instanceof SymbolicTensor symbolic) {
            return symbolic.operator("min", x, axes.length == 0 ? null : axes, keep);
        }
        return reduce(Fold.MIN, x, keep, axes);
    }

    /** Of bools: whether any is true. */
    public static Tensor any(Tensor x, boolean keep, int... axes) {
        return reduce(Fold.MAX, bools("any", x), keep, axes);
    }

    /** Of bools: whether all are true. */
    public static Tensor all(Tensor x, boolean keep, int... axes) {
        return reduce(Fold.MIN, bools("all", x), keep, axes);
    }

    private static Tensor bools(String name, Tensor x) {
        if (x.dtype() != DType.BOOL) {
            throw new TensorException(
                    name + ": takes bool, got " + x.type(),
                    "compare or cast it first: x.cast(DType.BOOL)");
        }
        return x;
    }

    /** The mean; integers are divided as integers, as in TensorFlow. */
    public static Tensor mean(Tensor x, boolean keep, int... axes) {
        if (x instanceof SymbolicTensor symbolic) {
            return symbolic.operator("mean", x, axes.length == 0 ? null : axes, keep);
        }
        long count = 1;
        for (int axis : axes(x, axes)) {
            count *= x.shape().dim(axis);
        }
        return Elements.truncateDivide(sum(x, keep, axes), Elements.weak(count, x));
    }

    /** The variance around the mean. */
    public static Tensor variance(Tensor x, boolean keep, int... axes) {
        var centred = x.minus(mean(x, true, axes));
        return mean(Elements.real(centred.times(Elements.conj(centred))), keep, axes);
    }

    /** log(sum(exp(x))), without overflow. */
    public static Tensor logSumExp(Tensor x, boolean keep, int... axes) {
        var normal = axes(x, axes);
        var max = Controls.stopGradient(max(x, true, normal));
        var shift = Elements.select(Elements.isFinite(max), max, Elements.zerosLike(max));
        var sum = sum(x.minus(shift).exp(), true, normal).log().plus(shift);
        return keep ? sum : Movements.squeeze(sum, normal);
    }

    /** The index of the first largest element along an axis. */
    public static Tensor argmax(Tensor x, int axis, DType index) {
        return Context.bind(new ArgReduce(true, x.shape().axis(axis), index), x);
    }

    /** The index of the first smallest element along an axis. */
    public static Tensor argmin(Tensor x, int axis, DType index) {
        return Context.bind(new ArgReduce(false, x.shape().axis(axis), index), x);
    }

    /** Running folds along an axis. */
    public static Tensor cumulative(
            Fold fold, Tensor x, int axis, boolean exclusive, boolean reverse) {
        return Context.bind(new Cumulative(fold, x.shape().axis(axis), exclusive, reverse), x);
    }

    /** Running sums along an axis. */
    public static Tensor cumulativeSum(Tensor x, int axis, boolean exclusive, boolean reverse) {
        return cumulative(Fold.SUM, x, axis, exclusive, reverse);
    }

    /** Running products along an axis. */
    public static Tensor cumulativeProduct(Tensor x, int axis, boolean exclusive, boolean reverse) {
        return cumulative(Fold.PRODUCT, x, axis, exclusive, reverse);
    }

    /**
     * Sums over what broadcasting a tensor of {@code shape} has stretched: the gradient of
     * broadcasting.
     */
    public static Tensor sumTo(Tensor x, Shape shape) {
        if (x.shape().equals(shape)) {
            return x;
        }
        int lead = x.rank() - shape.rank();
        var folded = new int[x.rank()];
        int n = 0;
        for (int i = 0; i < x.rank(); i++) {
            if (i < lead || shape.dim(i - lead) == 1 && x.shape().dim(i) != 1) {
                folded[n++] = i;
            }
        }
        return Movements.reshape(n == 0 ? x : sum(x, false, Arrays.copyOf(folded, n)), shape);
    }
}
