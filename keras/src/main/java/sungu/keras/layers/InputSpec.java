package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a layer takes as one input.
 *
 * @param rank the number of dimensions; -1 for any
 * @param minRank the least number of dimensions
 * @param axes sizes of certain axes; negative axes count from the end
 */
public record InputSpec(int rank, int minRank, Map<Integer, Integer> axes) {
    /** Any input of this rank. */
    public static InputSpec rank(int rank) {
        return new InputSpec(rank, 0, Map.of());
    }

    /** Any input of at least this rank. */
    public static InputSpec minRank(int rank) {
        return new InputSpec(-1, rank, Map.of());
    }

    /** The same with the size of an axis fixed. */
    public InputSpec axis(int axis, int size) {
        var all = new TreeMap<>(axes);
        all.put(axis, size);
        return new InputSpec(rank, minRank, all);
    }

    /** The shape with unknown axes of a fixed size set to it. */
    Shape filled(Shape shape) {
        var filled = shape;
        for (var entry : axes.entrySet()) {
            int axis = entry.getKey() < 0 ? entry.getKey() + shape.rank() : entry.getKey();
            if (axis >= 0 && axis < shape.rank() && shape.dim(axis) < 0) {
                filled = filled.with(axis, entry.getValue());
            }
        }
        return filled;
    }

    /** Throws an error in Keras' form if the input does not fit. */
    void check(Layer layer, int index, @Nullable Tensor input) {
        if (input == null) {
            return;
        }
        var shape = input.shape();
        String problem = null;
        if (rank >= 0 && shape.rank() != rank) {
            problem = "expected ndim=" + rank + ", found ndim=" + shape.rank();
        } else if (shape.rank() < minRank) {
            problem = "expected min_ndim=" + minRank + ", found ndim=" + shape.rank();
        } else {
            for (var entry : axes.entrySet()) {
                int axis = entry.getKey() < 0 ? entry.getKey() + shape.rank() : entry.getKey();
                int dim = axis >= 0 && axis < shape.rank() ? shape.dim(axis) : 0;
                if (dim >= 0 && dim != entry.getValue()) {
                    problem =
                            "expected axis "
                                    + entry.getKey()
                                    + " of input shape to have value "
                                    + entry.getValue();
                }
            }
        }
        if (problem != null) {
            throw new TensorException(
                    "Input "
                            + index
                            + " of "
                            + layer.describe()
                            + " is incompatible with the layer: "
                            + problem
                            + ". Full shape received: "
                            + input.shape());
        }
    }
}
