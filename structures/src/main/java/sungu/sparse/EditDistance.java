package sungu.sparse;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many insertions, deletions and replacements turn one sequence into another. */
public final class EditDistance {
    private EditDistance() {}

    /**
     * The Levenshtein distances, float32, of sequences in the last dimension. What a sparse tensor
     * does not hold is no part of a sequence.
     *
     * @param normalize whether distances are divided by the lengths of {@code truth}; where that is
     *     0, the distance is 0 or infinite
     * @return of the larger ones of the leading dimensions
     */
    public static Tensor between(SparseTensor hypothesis, SparseTensor truth, boolean normalize) {
        var left = hypothesis.denseShape();
        var right = truth.denseShape();
        if (hypothesis.values().dtype() != truth.values().dtype()
                || left.length != right.length
                || left.length < 1) {
            throw new TensorException(
                    "editDistance: sequences must have one dtype and rank, got "
                            + hypothesis.values().dtype()
                            + " of shape "
                            + Arrays.toString(left)
                            + " and "
                            + truth.values().dtype()
                            + " of shape "
                            + Arrays.toString(right));
        }
        var dims = new int[left.length - 1];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = Math.toIntExact(Math.max(left[i], right[i]));
        }
        var shape = Shape.of(dims);
        var from = sequences(hypothesis, shape);
        var to = sequences(truth, shape);
        var distances = new float[shape.size()];
        for (int i = 0; i < distances.length; i++) {
            var x = from.getOrDefault(i, List.of());
            var y = to.getOrDefault(i, List.of());
            int distance = distance(x, y);
            // Without a truth any hypothesis is infinitely wrong.
            distances[i] = !normalize ? distance : distance == 0 ? 0 : (float) distance / y.size();
        }
        return new HostTensor(DType.FLOAT32, shape, distances);
    }

    /** The sequences by the number of their place. */
    private static Map<Integer, List<Object>> sequences(SparseTensor x, Shape shape) {
        var sequences = new HashMap<Integer, List<Object>>();
        var indices = x.indices().toLongs();
        var values = x.values().host();
        var strides = shape.strides();
        int rank = shape.rank() + 1;
        for (int i = 0; i < values.size(); i++) {
            int place = 0;
            for (int axis = 0; axis + 1 < rank; axis++) {
                long at = indices[i * rank + axis];
                if (at < 0 || at >= shape.dim(axis)) {
                    throw new TensorException(
                            "editDistance: index " + at + " lies outside of the shape " + shape);
                }
                place += (int) at * strides[axis];
            }
            sequences.computeIfAbsent(place, none -> new ArrayList<>()).add(value(values, i));
        }
        return sequences;
    }

    private static Object value(HostTensor values, int i) {
        if (values.dtype() == DType.STRING) {
            return java.nio.ByteBuffer.wrap(values.bytes()[i]);
        }
        return values.dtype().isFloating() ? (Object) values.number(i) : values.integer(i);
    }

    private static int distance(List<Object> x, List<Object> y) {
        var row = new int[y.size() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 0; i < x.size(); i++) {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < y.size(); j++) {
                int replaced = diagonal + (x.get(i).equals(y.get(j)) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.min(replaced, Math.min(row[j], row[j + 1]) + 1);
            }
        }
        return row[y.size()];
    }
}
