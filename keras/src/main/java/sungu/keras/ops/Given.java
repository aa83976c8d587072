package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The arguments of one call of an operation, read by parameter name as what the operation needs;
 * refusals name the argument.
 */
final class Given {
    private final Signature signature;
    private final @Nullable Object[] values;

    Given(Signature signature, @Nullable Object[] values) {
        this.signature = signature;
        this.values = values;
    }

    /** The argument as it was given. */
    @Nullable Object value(String name) {
        int index = signature.index(name);
        if (index < 0) {
            throw new IllegalStateException(signature.name() + " declares no parameter " + name);
        }
        return values[index];
    }

    boolean has(String name) {
        return value(name) != null;
    }

    TensorException refused(String name, String rule) {
        var value = value(name);
        return new TensorException(
                signature.name()
                        + ": argument '"
                        + name
                        + "' "
                        + rule
                        + ", got "
                        + (value instanceof Tensor t ? t.type() : value));
    }

    /** The argument as one of a type, such as a function. */
    <T> T as(String name, Class<T> type, String what) {
        var value = value(name);
        if (!type.isInstance(value)) {
            throw refused(name, "must be " + what);
        }
        return type.cast(value);
    }

    /** The argument as a tensor. */
    Tensor tensor(String name) {
        try {
            return Conversion.tensor(value(name));
        } catch (TensorException e) {
            throw new TensorException(
                    signature.name() + ": argument '" + name + "': " + e.problem(), e.hint());
        }
    }

    /** The argument as a tensor; null when it is none. */
    @Nullable Tensor optional(String name) {
        return value(name) == null ? null : tensor(name);
    }

    /**
     * The argument as a tensor in the dtype that Keras promotes it to together with a weak float:
     * floating or complex.
     */
    Tensor floating(String name) {
        return Kind.floating(tensor(name));
    }

    boolean flag(String name) {
        var value = value(name);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof Tensor tensor && tensor.size() == 1) {
            return tensor.booleanValue();
        }
        throw refused(name, "must be True or False");
    }

    long integer(String name) {
        return whole(name, value(name));
    }

    int size(String name) {
        return narrow(name, integer(name));
    }

    /** An integer of 1 at least. */
    int positive(String name) {
        int size = size(name);
        if (size < 1) {
            throw refused(name, "must be positive");
        }
        return size;
    }

    private int narrow(String name, long number) {
        if (number != (int) number) {
            throw refused(name, "must be a number of 32 bits");
        }
        return (int) number;
    }

    @Nullable Integer axis(String name) {
        return value(name) == null ? null : (Integer) size(name);
    }

    private long whole(String name, @Nullable Object value) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Integer number) {
            return number;
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof Tensor tensor && tensor.size() == 1 && tensor.dtype().isInteger()) {
            return tensor.longValue();
        }
        throw refused(name, "must be an integer");
    }

    double number(String name) {
        var value = value(name);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof Tensor tensor && tensor.size() == 1) {
            return tensor.doubleValue();
        }
        throw refused(name, "must be a number");
    }

    double number(String name, double otherwise) {
        return value(name) == null ? otherwise : number(name);
    }

    String text(String name) {
        if (value(name) instanceof String text) {
            return text;
        }
        throw refused(name, "must be a string");
    }

    @Nullable String textOrNone(String name) {
        return value(name) == null ? null : text(name);
    }

    /** An integer or a list of them; null entries count as -1. */
    int[] ints(String name) {
        return ints(name, value(name));
    }

    /** A part of an argument as an integer or a list of them. */
    int[] ints(String name, @Nullable Object part) {
        if (part instanceof List<?> list) {
            return list.stream()
                    .mapToInt(item -> item == null ? -1 : narrow(name, whole(name, item)))
                    .toArray();
        }
        if (part instanceof int[] array) {
            return array;
        }
        if (part instanceof Shape shape) {
            return shape.dims();
        }
        if (part instanceof Tensor tensor
                && tensor.rank() == 1
                && (tensor.dtype().isInteger() || tensor.size() == 0)) {
            return tensor.toInts();
        }
        if (part == null) {
            throw refused(name, "must be an integer or a list of integers");
        }
        return new int[] {narrow(name, whole(name, part))};
    }

    /** Axes, or null for None. */
    int @Nullable [] axes(String name) {
        return value(name) == null ? null : ints(name);
    }

    Shape shape(String name) {
        var dims = ints(name);
        for (int dim : dims) {
            if (dim < 0) {
                throw refused(name, "must have no negative dimension");
            }
        }
        return Shape.of(dims);
    }

    /** A dtype by name; null for None. */
    @Nullable DType dtype(String name) {
        var value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof DType dtype) {
            return dtype;
        }
        if (value instanceof String text) {
            return Kind.dtype(text);
        }
        throw refused(name, "must be the name of a dtype");
    }

    DType dtype(String name, DType otherwise) {
        var dtype = dtype(name);
        return dtype == null ? otherwise : dtype;
    }

    /** The entries of a list; a tensor counts as the list of its parts along the first axis. */
    List<@Nullable Object> items(String name) {
        return switch (value(name)) {
            case List<?> list -> new ArrayList<>(list);
            case Tensors.Items items -> new ArrayList<>(items.flat());
            case Object[] array -> new ArrayList<>(java.util.Arrays.asList(array));
            case Tensor tensor when tensor.rank() > 0 ->
                    new ArrayList<>(sungu.ops.Movements.unstack(tensor, 0));
            case null, default -> throw refused(name, "must be a list");
        };
    }

    /** The entries of a list as tensors. */
    List<Tensor> tensors(String name) {
        var tensors = new ArrayList<Tensor>();
        items(name).forEach(item -> tensors.add(Conversion.tensor(item)));
        return tensors;
    }

    Map<?, ?> map(String name) {
        return value(name) instanceof Map<?, ?> map ? map : Map.of();
    }
}
