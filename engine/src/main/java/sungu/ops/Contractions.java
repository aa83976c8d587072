package sungu.ops;

import sungu.primitive.DotGeneral;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.SymbolicTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

/** Sums of products: matrix products and their general form. */
public final class Contractions {
    private Contractions() {}

    /** The general product; see {@link DotGeneral}. */
    public static Tensor dotGeneral(Tensor x, Tensor y, Ints leftBatch, Ints rightBatch, Ints leftContract, Ints rightContract) {
        return Context.bind(new DotGeneral(leftBatch, rightBatch, leftContract, rightContract), x, y);
    }

    /** Contracts pairs of axes; the free axes of both remain, left before right. */
    public static Tensor tensordot(Tensor x, Tensor y, int[] leftAxes, int[] rightAxes) {
        return dotGeneral(x, y, Ints.of(), Ints.of(), Ints.of(leftAxes), Ints.of(rightAxes));
    }

    /**
     * The matrix product over the last two dimensions; leading ones broadcast. A vector on the left is a row, one on the right a
     * column, and that dimension is dropped from the result.
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
            throw new TensorException("matmul: takes no scalars, got " + x.type() + " x " + y.type(), "multiply with times");
        }
        if (a == 1 || b == 1 || a == 2 && b == 2) {
            return dotGeneral(x, y, Ints.of(), Ints.of(), Ints.of(a - 1), Ints.of(Math.max(b - 2, 0)));
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
