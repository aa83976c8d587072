package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Input shapes as files have them: a list of dimensions with null for unknown ones, or lists or
 * maps of such.
 */
final class BuildShapes {
    private BuildShapes() {}

    static Object tree(Arguments arguments) {
        var withTensors =
                arguments.positional().stream()
                        .filter(argument -> argument != null && hasTensor(argument))
                        .toList();
        if (withTensors.size() == 1) {
            return tree(withTensors.getFirst());
        }
        var list = new ArrayList<Object>();
        withTensors.forEach(argument -> list.add(tree(argument)));
        return list;
    }

    private static boolean hasTensor(Object argument) {
        return !Arguments.of(argument).tensors().isEmpty();
    }

    static Object tree(Object nested) {
        if (nested instanceof Tensor tensor) {
            return tree(tensor.shape());
        }
        if (nested instanceof Shape shape) {
            var dims = new ArrayList<@Nullable Object>(shape.rank());
            for (int dim : shape.dims()) {
                dims.add(dim < 0 ? null : (Object) dim);
            }
            return dims;
        }
        if (nested instanceof Tensors tensors) {
            return tree(tensors.nested());
        }
        if (nested instanceof List<?> list) {
            var trees = new ArrayList<Object>(list.size());
            list.forEach(item -> trees.add(tree(item)));
            return trees;
        }
        if (nested instanceof Map<?, ?> map) {
            var trees = new LinkedHashMap<String, Object>();
            map.forEach((key, item) -> trees.put(String.valueOf(key), tree(item)));
            return trees;
        }
        throw new TensorException("no shape in " + nested);
    }

    static List<Shape> shapes(Object tree) {
        var found = new ArrayList<Shape>();
        collect(tree, found);
        return found;
    }

    private static void collect(Object tree, List<Shape> found) {
        if (tree instanceof Map<?, ?> map) {
            map.values().forEach(item -> collect(item, found));
        } else if (tree instanceof List<?> list
                && (list.isEmpty()
                        || !(list.getFirst() instanceof List)
                                && !(list.getFirst() instanceof Map))) {
            found.add(
                    Shape.of(
                            list.stream()
                                    .mapToInt(dim ->
                                            dim == null ? Shape.UNKNOWN : ((Number) dim).intValue())
                                    .toArray()));
        } else if (tree instanceof List<?> list) {
            list.forEach(item -> collect(item, found));
        } else {
            throw new TensorException("'" + tree + "' is no input shape");
        }
    }
}
