package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.Variable;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/**
 * Tensors from arguments, as {@code keras.ops.convert_to_tensor} makes them: Long is Python's int
 * and becomes int32, Double is Python's float and becomes float32, lists likewise; Java arrays keep
 * their element type.
 */
final class Conversion {
    private Conversion() {}

    /** The argument as a tensor. */
    static Tensor tensor(@Nullable Object value) {
        // Every operation passes here: types are told apart without a switch (decision 0013).
        if (value instanceof Tensor tensor) {
            return tensor instanceof Variable variable ? variable.value() : tensor;
        }
        if (value instanceof Tensors.Leaf leaf) {
            return leaf.tensor();
        }
        if (value instanceof Double number) {
            return Tensor.of((float) (double) number);
        }
        if (value instanceof Long number) {
            return whole(number);
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        return other(value);
    }

    private static Tensor other(@Nullable Object value) {
        return switch (value) {
            case Boolean flag -> Tensor.of(flag.booleanValue());
            case Integer number -> Tensor.of(number.intValue());
            case Float number -> Tensor.of(number.floatValue());
            case String text -> Tensor.of(text);
            case Shape shape -> Tensor.ofInts(shape.dims());
            case Object[] array -> list(List.of(array));
            case null -> throw new TensorException("a tensor is needed, got None");
            default -> {
                if (value.getClass().isArray()) {
                    yield Tensor.of(value);
                }
                throw new TensorException(
                        "can't make a tensor from "
                                + value.getClass().getSimpleName()
                                + " "
                                + value);
            }
        };
    }

    /** The argument as a tensor of a dtype: numbers are taken in it, tensors cast. */
    static Tensor tensor(@Nullable Object value, DType dtype) {
        return switch (value) {
            case Double number when dtype.isDifferentiable() -> scalar(number, dtype);
            case Long number when dtype != DType.STRING -> scalar(number, dtype);
            case Integer number when dtype != DType.STRING -> scalar((long) number, dtype);
            case List<?> list when dtype.isFloating() && numbers(list) ->
                    cast(Tensor.of(doubles(list)), dtype);
            case null, default -> cast(tensor(value), dtype);
        };
    }

    static Tensor cast(Tensor x, DType dtype) {
        if (x.dtype() == dtype) {
            return x;
        }
        if (x.dtype() == DType.STRING || dtype == DType.STRING) {
            throw new TensorException("no cast from " + x.dtype() + " to " + dtype);
        }
        return Elements.cast(x, dtype);
    }

    static Tensor scalar(double value, DType dtype) {
        return Tensor.full(Shape.SCALAR, value, dtype);
    }

    static Tensor scalar(long value, DType dtype) {
        return Elements.weak(value, HostTensor.allocate(dtype, Shape.SCALAR));
    }

    private static Tensor whole(long number) {
        return number == (int) number ? Tensor.of((int) number) : Tensor.of(number);
    }

    private static Tensor list(List<?> items) {
        if (items.isEmpty()) {
            return Tensor.zeros(Shape.of(0), DType.FLOAT32);
        }
        DType strong = strong(items);
        boolean real = holds(items, Double.class) || holds(items, Float.class);
        if (strong == null) {
            DType dtype =
                    real
                            ? DType.FLOAT32
                            : holds(items, Boolean.class)
                                    ? DType.BOOL
                                    : holds(items, String.class)
                                            ? DType.STRING
                                            : big(items) ? DType.INT64 : DType.INT32;
            if (holds(items, Boolean.class)
                    && (real || holds(items, Long.class) || holds(items, Integer.class))) {
                throw new TensorException(
                        "can't make a tensor from bools and numbers together: " + items);
            }
            return empty(items, dtype);
        }
        var parts = new ArrayList<Tensor>(items.size());
        for (var item : items) {
            var part =
                    item instanceof Number number && !(item instanceof Double && strong.isInteger())
                            ? tensor(number, strong)
                            : tensor(item);
            if (part.dtype() != strong) {
                throw new TensorException(
                        "can't join a list of "
                                + strong
                                + " and "
                                + part.dtype()
                                + " to one tensor",
                        "cast them to one dtype");
            }
            parts.add(part);
        }
        return Movements.stack(parts, 0);
    }

    /** Plain nested lists of numbers, bools or strings; they may have no elements at all. */
    private static Tensor empty(List<?> items, DType dtype) {
        var dims = new ArrayList<Integer>();
        Object level = items;
        while (level instanceof List<?> list) {
            dims.add(list.size());
            level = list.isEmpty() ? null : list.getFirst();
        }
        var shape = Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
        if (shape.size() == 0) {
            return Tensor.zeros(shape, DType.FLOAT32);
        }
        var plain = Tensor.of((Object) (dtype == DType.FLOAT32 ? doubles(items) : items));
        return cast(plain, dtype);
    }

    private static boolean numbers(List<?> items) {
        return !items.isEmpty()
                && items.stream()
                        .allMatch(item ->
                                item instanceof Number
                                        || item instanceof List<?> list && numbers(list));
    }

    private static List<Object> doubles(List<?> items) {
        return items.stream()
                .map(item ->
                        switch (item) {
                            case List<?> list -> (Object) doubles(list);
                            case Number number -> number.doubleValue();
                            case null, default ->
                                    throw new TensorException(
                                            "can't make a tensor of numbers with "
                                                    + item
                                                    + " among them");
                        })
                .toList();
    }

    private static boolean holds(List<?> items, Class<?> type) {
        return items.stream()
                .anyMatch(item ->
                        type.isInstance(item) || item instanceof List<?> list && holds(list, type));
    }

    private static boolean big(List<?> items) {
        return items.stream()
                .anyMatch(item ->
                        item instanceof Long number && number != (int) (long) number
                                || item instanceof List<?> list && big(list));
    }

    /** The dtype of the first tensor or array in a list; null if there is none. */
    private static @Nullable DType strong(List<?> items) {
        for (var item : items) {
            if (item instanceof Tensor tensor) {
                return tensor.dtype();
            }
            if (item != null && item.getClass().isArray() && Array.getLength(item) > 0) {
                return Tensor.of(item).dtype();
            }
            if (item instanceof List<?> list) {
                var dtype = strong(list);
                if (dtype != null) {
                    return dtype;
                }
            }
        }
        return null;
    }

    /**
     * What an argument counts as in promotion: {@link Promotion.Weak} for numbers, else its dtype.
     */
    static Object kind(@Nullable Object value) {
        return switch (value) {
            case Long number -> Promotion.Weak.INT;
            case Integer number -> Promotion.Weak.INT;
            case Double number -> Promotion.Weak.FLOAT;
            case Float number -> Promotion.Weak.FLOAT;
            case Boolean flag -> DType.BOOL;
            case null, default -> tensor(value).dtype();
        };
    }
}
