package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.DotKernel;
import sungu.ops.Contractions;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * The general product: sums over pairs of contracted axes, runs over pairs of batch axes. The
 * output has the batch axes, then the free axes of the left, then those of the right operand. (The
 * operation that XLA calls DotGeneral.)
 */
public record DotGeneral(Ints leftBatch, Ints rightBatch, Ints leftContract, Ints rightContract)
        implements Contraction {
    @Override
    public String label() {
        return "dot_general";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var x = inputs[0];
        var y = inputs[1];
        if (x.dtype() != y.dtype()) {
            throw Pointwise.differentDtypes("matmul", x, y);
        }
        if (x.dtype() == DType.BOOL || x.dtype() == DType.STRING) {
            throw new TensorException(
                    "matmul: does not take " + x.dtype(), "cast it first: x.cast(DType.FLOAT32)");
        }
        match("batch", x, leftBatch, y, rightBatch);
        match("inner", x, leftContract, y, rightContract);
        var left = free(x.shape().rank(), leftBatch, leftContract);
        var right = free(y.shape().rank(), rightBatch, rightContract);
        var dims = new int[leftBatch.size() + left.length + right.length];
        int k = 0;
        for (int axis : leftBatch.toArray()) {
            dims[k++] = x.shape().dim(axis);
        }
        for (int axis : left) {
            dims[k++] = x.shape().dim(axis);
        }
        for (int axis : right) {
            dims[k++] = y.shape().dim(axis);
        }
        return new TensorType[] {x.with(Shape.owning(dims))};
    }

    private static void match(String sort, TensorType x, Ints left, TensorType y, Ints right) {
        for (int i = 0; i < left.size(); i++) {
            int m = x.shape().dim(left.get(i));
            int n = y.shape().dim(right.get(i));
            if (m != n) {
                throw new TensorException(
                        "matmul: "
                                + sort
                                + " dimensions differ: "
                                + x
                                + " x "
                                + y
                                + " ("
                                + m
                                + " != "
                                + n
                                + ")",
                        sort.equals("inner")
                                ? "the columns of the left operand must be as many as the rows of"
                                        + " the right one"
                                : "");
            }
        }
    }

    /** The axes that are neither batch nor contracted, in order. */
    public static int[] free(int rank, Ints batch, Ints contract) {
        var axes = new int[rank - batch.size() - contract.size()];
        int k = 0;
        for (int i = 0; i < rank; i++) {
            if (!batch.contains(i) && !contract.contains(i)) {
                axes[k++] = i;
            }
        }
        return axes;
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        new DotKernel(this, inputs[0].shape(), inputs[1].shape())
                .run(inputs[0], inputs[1], outputs[0], null);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        int batch = leftBatch.size();
        int left = g.x().rank() - batch - leftContract.size();
        int right = g.y().rank() - batch - rightContract.size();
        // d has axes (batch, left free, right free): contract it with the other operand's free
        // axes.
        return g.each(
                () ->
                        restore(
                                Contractions.dotGeneral(
                                        g.d(),
                                        Elements.conj(g.y()),
                                        Ints.range(0, batch),
                                        rightBatch,
                                        Ints.range(batch + left, batch + left + right),
                                        Ints.of(free(g.y().rank(), rightBatch, rightContract))),
                                g.x().rank(),
                                leftBatch,
                                leftContract,
                                rightContract),
                () ->
                        restore(
                                Contractions.dotGeneral(
                                        g.d(),
                                        Elements.conj(g.x()),
                                        Ints.range(0, batch),
                                        leftBatch,
                                        Ints.range(batch, batch + left),
                                        Ints.of(free(g.x().rank(), leftBatch, leftContract))),
                                g.y().rank(),
                                rightBatch,
                                rightContract,
                                leftContract));
    }

    /**
     * Brings axes (batch, free, contracted) back to where the operand has them. The contracted ones
     * stand in the order in which they occur in the other operand.
     */
    private static Tensor restore(
            Tensor t, int rank, Ints batch, Ints contract, Ints otherContract) {
        var free = free(rank, batch, contract);
        var sorted = otherContract.toArray();
        java.util.Arrays.sort(sorted);
        var place = new int[rank];
        int k = 0;
        for (int axis : batch.toArray()) {
            place[axis] = k++;
        }
        for (int axis : free) {
            place[axis] = k++;
        }
        for (int other : sorted) {
            for (int i = 0; i < contract.size(); i++) {
                if (otherContract.get(i) == other) {
                    place[contract.get(i)] = k++;
                }
            }
        }
        return Movements.transpose(t, place);
    }
}
