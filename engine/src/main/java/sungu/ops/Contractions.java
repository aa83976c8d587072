package sungu.ops;

import sungu.primitive.DotGeneral;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.SymbolicTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.Arrays;

/** Sums of products: matrix products and their general form. */
public final class Contractions {
    private Contractions() {}

    /** The general product; see {@link DotGeneral}. */
    public static Tensor dotGeneral(
            Tensor x,
            Tensor y,
            Ints leftBatch,
            Ints rightBatch,
            Ints leftContract,
            Ints rightContract) {
        return Context.bind(
                new DotGeneral(leftBatch, rightBatch, leftContract, rightContract), x, y);
    }

    /**
     * Contracts pairs of axes; the free axes of both remain, left before right. Negative axes count
     * from the end.
     *
     * @throws TensorException if the axes do not pair up, or an axis is named twice
     */
    public static Tensor tensordot(Tensor x, Tensor y, int[] leftAxes, int[] rightAxes) {
        if (leftAxes.length != rightAxes.length) {
            throw new TensorException(
                    "tensordot: "
                            + leftAxes.length
                            + " axes of the left operand do not pair up with "
                            + rightAxes.length
                            + " of the right one");
        }
        return dotGeneral(
                x, y, Ints.of(), Ints.of(), distinct(x, leftAxes), distinct(y, rightAxes));
    }

    /**
     * Contracts the last {@code count} axes of the left with the first {@code count} of the right
     * operand; 0 is the outer product.
     */
    public static Tensor tensordot(Tensor x, Tensor y, int count) {
        if (count < 0 || count > x.rank() || count > y.rank()) {
            throw new TensorException(
                    "tensordot: can't contract "
                            + count
                            + " axes of "
                            + x.type()
                            + " and "
                            + y.type());
        }
        return tensordot(
                x,
                y,
                Ints.range(x.rank() - count, x.rank()).toArray(),
                Ints.range(0, count).toArray());
    }

    private static Ints distinct(Tensor x, int[] axes) {
        var normal = Arrays.stream(axes).map(x.shape()::axis).toArray();
        if (Arrays.stream(normal).distinct().count() != normal.length) {
            throw new TensorException(
                    "tensordot: an axis of "
                            + x.type()
                            + " is named twice in "
                            + Arrays.toString(axes));
        }
        return Ints.of(normal);
    }

    /**
     * NumPy's dot: the last axis of the left with the last but one (of a vector the only one) of
     * the right operand; with a scalar the plain product.
     */
    public static Tensor dot(Tensor x, Tensor y) {
        if (x.rank() == 0 || y.rank() == 0) {
            return x.times(y);
        }
        return tensordot(x, y, new int[] {-1}, new int[] {Math.max(y.rank() - 2, 0)});
    }

    /**
     * Per example: contracts one axis of each operand, with the first axes, the batch, running side
     * by side.
     */
    public static Tensor batchDot(Tensor x, Tensor y, int leftAxis, int rightAxis) {
        int left = x.shape().axis(leftAxis);
        int right = y.shape().axis(rightAxis);
        if (left == 0 || right == 0) {
            throw new TensorException("batchDot: axis 0 is the batch, it can't be contracted");
        }
        return dotGeneral(x, y, Ints.of(0), Ints.of(0), Ints.of(left), Ints.of(right));
    }

    /**
     * The matrix product over the last two dimensions; leading ones broadcast. A vector on the left
     * is a row, one on the right a column, and that dimension is dropped from the result.
     */
    public static Tensor matmul(Tensor x, Tensor y) {
        if (x instanceof SymbolicTensor symbolic) {
            return symbolic.operator("matmul", x, y);
        }
        if (y instanceof SymbolicTensor symbolic) {
            return symbolic.operator("matmul", x, y);
        }
        int a = x.rank();
        int b = y.rank();
        if (a == 0 || b == 0) {
            throw new TensorException(
                    "matmul: takes no scalars, got " + x.type() + " x " + y.type(),
                    "multiply with times");
        }
        if (a == 1 || b == 1 || a == 2 && b == 2) {
            return dotGeneral(
                    x, y, Ints.of(), Ints.of(), Ints.of(a - 1), Ints.of(Math.max(b - 2, 0)));
        }
        if (b == 2) {
            return dotGeneral(x, y, Ints.of(), Ints.of(), Ints.of(a - 1), Ints.of(0));
        }
        Shape batch = Shape.broadcast(x.shape().slice(0, a - 2), y.shape().slice(0, b - 2));
        int rank = batch.rank();
        var left = Movements.broadcastTo(x, batch.concat(x.shape().slice(a - 2, a)));
        var right = Movements.broadcastTo(y, batch.concat(y.shape().slice(b - 2, b)));
        var axes = Ints.range(0, rank);
        return dotGeneral(left, right, axes, axes, Ints.of(rank + 1), Ints.of(rank));
    }
}
