package sungu.keras;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a layer or operation is called with: arguments by position and by name. Each is a tensor, a
 * list or map that may hold tensors, or a plain value; null stands for Python's None.
 */
public record Arguments(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
    /** Arguments by position only. */
    public static Arguments of(@Nullable Object... positional) {
        var list = new ArrayList<@Nullable Object>(positional.length);
        for (var argument : positional) {
            list.add(argument);
        }
        return new Arguments(list, Map.of());
    }

    /** These arguments and one more by name. */
    public Arguments with(String name, @Nullable Object value) {
        var all = new LinkedHashMap<String, @Nullable Object>(named);
        all.put(name, value);
        return new Arguments(positional, all);
    }

    /** All tensors in the arguments, in order. */
    public List<Tensor> tensors() {
        var found = new ArrayList<Tensor>();
        map(tensor -> {
            found.add(tensor);
            return tensor;
        });
        return found;
    }

    /** The same arguments with each tensor replaced. */
    public Arguments map(UnaryOperator<Tensor> function) {
        var list = new ArrayList<@Nullable Object>(positional.size());
        positional.forEach(argument -> list.add(map(argument, function)));
        var byName = new LinkedHashMap<String, @Nullable Object>();
        named.forEach((name, argument) -> byName.put(name, map(argument, function)));
        return new Arguments(list, byName);
    }

    /** A nested value with each tensor in it replaced. */
    public static @Nullable Object map(@Nullable Object nested, UnaryOperator<Tensor> function) {
        if (nested instanceof Tensor tensor) {
            return function.apply(tensor);
        }
        if (nested instanceof Tensors tensors) {
            return tensors.map(function);
        }
        if (nested instanceof List<?> list) {
            var mapped = new ArrayList<@Nullable Object>(list.size());
            list.forEach(item -> mapped.add(map(item, function)));
            return mapped;
        }
        if (nested instanceof Map<?, ?> map) {
            var mapped = new LinkedHashMap<Object, @Nullable Object>();
            map.forEach((key, item) -> mapped.put(key, map(item, function)));
            return mapped;
        }
        return nested;
    }
}
