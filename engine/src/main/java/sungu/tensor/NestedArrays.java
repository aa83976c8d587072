package sungu.tensor;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Tensors from nested Java arrays and lists, and back. */
final class NestedArrays {
    private NestedArrays() {}

    static Tensor tensor(Object value) {
        if (value instanceof Tensor tensor) {
            return tensor;
        }
        var dims = new ArrayList<Integer>();
        Object first = value;
        while (true) {
            if (first instanceof List<?> list) {
                dims.add(list.size());
                if (list.isEmpty()) {
                    break;
                }
                first = list.get(0);
            } else if (first != null && first.getClass().isArray()) {
                int length = Array.getLength(first);
                dims.add(length);
                var component = first.getClass().getComponentType();
                if (component.isPrimitive() || length == 0) {
                    break;
                }
                first = Array.get(first, 0);
            } else {
                break;
            }
        }
        var dtype = elementType(value);
        if (first instanceof Tensor) {
            throw new TensorException(
                    "a list of tensors is no tensor",
                    "use Movements.stack(tensors, axis) to join them");
        }
        var shape = Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
        var out = HostTensor.newArray(dtype, shape);
        fill(value, shape, 0, 0, dtype, out);
        return new HostTensor(dtype, shape, out);
    }

    private static DType elementType(@Nullable Object value) {
        if (value instanceof List<?> list) {
            // Numbers of several kinds in one list: the widest kind wins, so that List.of(1, 2.5)
            // keeps the fraction.
            DType widest = null;
            for (Object item : list) {
                var type = elementType(item);
                widest = widest == null || type.compareTo(widest) > 0 ? type : widest;
            }
            return widest == null ? DType.FLOAT32 : widest;
        }
        Class<?> component = value == null ? Object.class : value.getClass();
        while (component.isArray()) {
            component = component.getComponentType();
        }
        if (component == Object.class && value instanceof Object[] items && items.length > 0) {
            return elementType(items[0]);
        }
        if (component == float.class || component == Float.class) {
            return DType.FLOAT32;
        } else if (component == double.class || component == Double.class) {
            return DType.FLOAT64;
        } else if (component == int.class || component == Integer.class) {
            return DType.INT32;
        } else if (component == long.class || component == Long.class) {
            return DType.INT64;
        } else if (component == boolean.class || component == Boolean.class) {
            return DType.BOOL;
        } else if (component == byte.class || component == Byte.class) {
            return DType.INT8;
        } else if (component == short.class || component == Short.class) {
            return DType.INT16;
        } else if (component == String.class) {
            return DType.STRING;
        }
        throw new TensorException(
                "can't make a tensor from " + (value == null ? "null" : "a " + component.getName()),
                "give a Java number, boolean or String, an array of them of any rank, or nested"
                        + " lists");
    }

    private static int fill(
            @Nullable Object value, Shape shape, int level, int position, DType dtype, Object out) {
        boolean array = value != null && value.getClass().isArray();
        if (value != null && (array || value instanceof List<?>)) {
            int length = array ? Array.getLength(value) : ((List<?>) value).size();
            if (level >= shape.rank() || length != shape.dim(level)) {
                throw new TensorException(
                        "ragged array: a row of dimension "
                                + level
                                + " has length "
                                + length
                                + ", the first one "
                                + (level >= shape.rank()
                                        ? "is a scalar"
                                        : Integer.toString(shape.dim(level))),
                        "pad the rows, or use ragged tensors");
            }
            if (array
                    && value.getClass().getComponentType().isPrimitive()
                    && !(value instanceof boolean[])) {
                System.arraycopy(value, 0, out, position, length);
                return position + length;
            }
            for (int i = 0; i < length; i++) {
                position =
                        fill(
                                array ? Array.get(value, i) : ((List<?>) value).get(i),
                                shape,
                                level + 1,
                                position,
                                dtype,
                                out);
            }
            return position;
        }
        if (level != shape.rank()) {
            throw new TensorException("ragged array: a scalar among rows in dimension " + level);
        }
        switch (value) {
            case String s -> ((byte[][]) out)[position] = s.getBytes(StandardCharsets.UTF_8);
            case Boolean b -> Numbers.putLong(dtype, out, position, b ? 1 : 0);
            case Long l -> Numbers.putLong(dtype, out, position, l);
            case Number n -> Numbers.put(dtype, out, position, n.doubleValue());
            case null, default ->
                    throw new TensorException(
                            "can't put " + value + " into a " + dtype + " tensor");
        }
        return position + 1;
    }

    static Object array(HostTensor tensor) {
        Class<?> component =
                switch (tensor.dtype()) {
                    case BOOL -> boolean.class;
                    case INT8 -> byte.class;
                    case INT16, UINT8 -> short.class;
                    case INT32, UINT16 -> int.class;
                    case INT64, UINT32, UINT64 -> long.class;
                    case FLOAT64 -> double.class;
                    case STRING -> String.class;
                    case COMPLEX64, COMPLEX128 ->
                            throw new TensorException(
                                    "Java has no complex numbers",
                                    "take the real and imaginary part first");
                    default -> float.class;
                };
        return nested(tensor, component, 0, new int[1]);
    }

    private static Object nested(HostTensor tensor, Class<?> component, int level, int[] position) {
        if (level == tensor.rank()) {
            return boxed(tensor, component, position[0]++);
        }
        int length = tensor.shape().dim(level);
        Object out =
                Array.newInstance(
                        level == tensor.rank() - 1
                                ? component
                                : Array.newInstance(component, new int[tensor.rank() - level - 1])
                                        .getClass(),
                        length);
        for (int i = 0; i < length; i++) {
            Array.set(out, i, nested(tensor, component, level + 1, position));
        }
        return out;
    }

    private static Object boxed(HostTensor tensor, Class<?> component, int i) {
        if (component == boolean.class) {
            return tensor.integer(i) != 0;
        } else if (component == byte.class) {
            return (byte) tensor.integer(i);
        } else if (component == short.class) {
            return (short) tensor.integer(i);
        } else if (component == int.class) {
            return (int) tensor.integer(i);
        } else if (component == long.class) {
            return tensor.integer(i);
        } else if (component == float.class) {
            return (float) tensor.number(i);
        } else if (component == double.class) {
            return tensor.number(i);
        }
        return tensor.string(i);
    }
}
