package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;
import java.util.function.BinaryOperator;

/** A layer that makes one tensor of a list of tensors, element by element. */
abstract class Merge<S extends Merge<S>> extends Layer.Of<S> {
    Merge() {
        supportsMasking(true);
    }

    /** Merges tensors of one rank. */
    abstract Tensor merge(List<Tensor> inputs);

    @Override
    protected DType symbolicDtype() {
        return computeDtype();
    }

    @Override
    protected void build(List<Shape> inputs) {
        if (inputs.size() < 2 && !(this instanceof Add)) {
            return;
        }
        int rows = Shape.UNKNOWN;
        for (var shape : inputs) {
            int n = shape.rank() == 0 ? Shape.UNKNOWN : shape.dim(0);
            if (n >= 0 && rows >= 0 && n != rows) {
                throw new TensorException(
                        "can't merge tensors with different batch sizes: " + inputs);
            }
            rows = Math.max(rows, n);
        }
    }

    @Override
    protected Tensors call(Tensors inputs, CallContext context) {
        if (inputs instanceof Tensors.Leaf leaf) {
            throw new TensorException(
                    "takes a list of inputs, got one tensor " + leaf.tensor().type());
        }
        var list = inputs.flat();
        if (!alignsRanks()) {
            return Tensors.of(merge(list));
        }
        int rank = list.stream().mapToInt(Tensor::rank).max().orElse(0);
        return Tensors.of(merge(list.stream().map(tensor -> padded(tensor, rank)).toList()));
    }

    /** Whether inputs get the rank of the largest one before they are merged. */
    boolean alignsRanks() {
        return true;
    }

    /** All inputs joined two by two. */
    static Tensor folded(List<Tensor> inputs, BinaryOperator<Tensor> join) {
        return inputs.stream().reduce(join).orElseThrow();
    }

    /** All inputs joined two by two; where one is masked, the other stands for it. */
    static Tensor foldedUnmasked(List<Tensor> inputs, BinaryOperator<Tensor> join) {
        Tensor joined = inputs.getFirst();
        Tensor mask = elementMask(joined);
        for (var input : inputs.subList(1, inputs.size())) {
            Tensor x = input;
            Tensor own = elementMask(input);
            if (own != null) {
                x = Elements.select(own, x, joined);
            }
            if (mask != null) {
                joined = Elements.select(mask, joined, x);
            }
            mask = mask == null || own == null ? null : Elements.or(mask, own);
            joined = join.apply(joined, x);
        }
        return joined;
    }

    private static @Nullable Tensor elementMask(Tensor x) {
        var mask = x.mask();
        return mask == null
                ? null
                : Movements.broadcastTo(Movements.expandDims(mask, -1), x.shape());
    }

    /** New dimensions go behind the batch dimension. */
    private static Tensor padded(Tensor tensor, int rank) {
        Tensor padded = tensor;
        while (padded.rank() < rank) {
            padded = Movements.expandDims(padded, 1);
        }
        return padded;
    }

    /** What any input masks out of all; no mask if one input has none. */
    @Override
    protected @Nullable Tensor computeMask(Arguments arguments, Tensor output) {
        Tensor joined = null;
        for (var input : arguments.tensors()) {
            var mask = input.mask();
            if (mask == null) {
                return null;
            }
            joined = joined == null ? mask : Elements.or(joined, mask);
        }
        return joined;
    }
}
