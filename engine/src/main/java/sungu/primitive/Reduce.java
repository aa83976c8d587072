package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.ReduceKernel;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * Folds some axes away by sum, product, maximum or minimum. Of bools, the maximum is "any" and the
 * minimum "all".
 */
public record Reduce(Fold fold, Ints axes) implements AxisReduction {
    /** How two elements become one. */
    public enum Fold {
        SUM,
        PRODUCT,
        MAX,
        MIN
    }

    @Override
    public String label() {
        return "reduce";
    }

    @Override
    public Reduce along(Ints others) {
        return new Reduce(fold, others);
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var dtype = inputs[0].dtype();
        if (dtype == DType.STRING
                || dtype == DType.BOOL && (fold == Fold.SUM || fold == Fold.PRODUCT)
                || dtype.isComplex() && (fold == Fold.MAX || fold == Fold.MIN)) {
            throw new TensorException(
                    "reduce "
                            + fold.name().toLowerCase(java.util.Locale.ROOT)
                            + ": does not take "
                            + inputs[0],
                    dtype == DType.BOOL ? "cast it first: x.cast(DType.INT32)" : "");
        }
        return new TensorType[] {inputs[0].with(kept(inputs[0].shape()))};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        ReduceKernel.run(fold, axes, inputs[0], outputs[0]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        var shape = g.x().shape();
        return g.each(() ->
                switch (fold) {
                    case SUM -> spread(g.d(), axes, shape);
                    case PRODUCT ->
                            spread(g.d(), axes, shape).times(Elements.conj(othersProduct(g.x())));
                    // Several extremes share the gradient evenly, as in TensorFlow.
                    case MAX, MIN -> {
                        var extreme =
                                Elements.equal(g.x(), spread(g.out(), axes, shape))
                                        .cast(g.d().dtype());
                        var shared = g.d().div(Reductions.sum(extreme, false, axes.toArray()));
                        yield extreme.times(spread(shared, axes, shape));
                    }
                });
    }

    /** Repeats along the axes what has been folded along them. */
    static Tensor spread(Tensor reduced, Ints axes, Shape shape) {
        var dims = shape.dims();
        for (int axis : axes.toArray()) {
            dims[axis] = 1;
        }
        return Movements.broadcastTo(Movements.reshape(reduced, Shape.owning(dims)), shape);
    }

    /**
     * Per element the product of all the others it is folded with: products from the left times
     * products from the right, so zeros do no harm.
     */
    private Tensor othersProduct(Tensor x) {
        var shape = x.shape();
        var order = new int[shape.rank()];
        int kept = 0;
        int rest = 1;
        int folded = 1;
        for (int i = 0; i < order.length; i++) {
            if (!axes.contains(i)) {
                order[kept++] = i;
                rest *= shape.dim(i);
            }
        }
        int last = kept;
        for (int axis : axes.toArray()) {
            order[last++] = axis;
            folded *= shape.dim(axis);
        }
        var rows = Movements.transpose(x, order);
        var flat = Movements.reshape(rows, Shape.of(rest, folded));
        var others =
                Reductions.cumulativeProduct(flat, 1, true, false)
                        .times(Reductions.cumulativeProduct(flat, 1, true, true));
        var inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return Movements.transpose(Movements.reshape(others, rows.shape()), inverse);
    }
}
