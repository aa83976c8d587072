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
        int rank = list.stream().mapToInt(Tensor::rank).max().orElse(0);
        return Tensors.of(merge(list.stream().map(tensor -> padded(tensor, rank)).toList()));
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
