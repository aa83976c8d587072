package sungu.sparse;

import org.jspecify.annotations.Nullable;

import sungu.ops.Scattering;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.function.UnaryOperator;

/**
 * Rows of a tensor and their positions in it: {@code dense[indices[i]]} gets {@code values[i]}.
 * Positions may repeat; their rows are added.
 *
 * @param values the rows, the number of positions first
 * @param indices a vector of positions
 * @param denseShape the shape of the whole tensor; null if it is not known
 */
public record IndexedSlices(Tensor values, Tensor indices, @Nullable Shape denseShape) {
    /** The element type. */
    public DType dtype() {
        return values.dtype();
    }

    /** Other rows at the same positions, computed from these ones. */
    public IndexedSlices map(UnaryOperator<Tensor> operation) {
        return new IndexedSlices(operation.apply(values), indices, denseShape);
    }

    /** The dense tensor: zeros but for the rows at the positions. */
    public Tensor toTensor() {
        if (denseShape == null) {
            throw new TensorException(
                    "indexed slices: the dense shape is not known", "make them with a dense shape");
        }
        return Scattering.unsortedSegment(
                sungu.primitive.Scatter.Combine.ADD, values, indices, denseShape.dim(0));
    }
}
