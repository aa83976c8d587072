package sungu.conformance.tensorflow;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.ops.Movements;
import sungu.ragged.RaggedTensor;
import sungu.sparse.IndexedSlices;
import sungu.sparse.SparseTensor;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The arguments of one call by parameter name, read as what the Java function takes. Python numbers
 * and lists become tensors as in TensorFlow: ints int32, floats float32, or a given dtype.
 *
 * <p>An argument of a wrong sort is a refusal, as Java's types would refuse it.
 */
public final class TfArguments {
    private final String operation;
    private final Map<String, @Nullable Object> values;

    /** The arguments of a call of that name. */
    public TfArguments(String operation, Map<String, @Nullable Object> values) {
        this.operation = operation;
        this.values = values;
    }

    /** Whether the argument is there and not None. */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    /** The argument as it was decoded. */
    public @Nullable Object value(String name) {
        return values.get(name);
    }

    /** The argument, which must not be None. */
    public Object required(String name) {
        var value = values.get(name);
        if (value == null) {
            throw wrong(name, "a value");
        }
        return value;
    }

    /** The error for an argument of a wrong sort. */
    public TensorException wrong(String name, String wanted) {
        var value = values.get(name);
        return new TensorException(
                operation
                        + ": argument '"
                        + name
                        + "' must be "
                        + wanted
                        + ", got "
                        + (value == null ? "None" : value.getClass().getSimpleName()));
    }

    /** A dense tensor; Python numbers and lists become one. */
    public Tensor tensor(String name) {
        return tensor(name, null);
    }

    /** A dense tensor; Python numbers and lists become one of the given dtype. */
    public Tensor tensor(String name, @Nullable DType dtype) {
        return convert(required(name), dtype);
    }

    /** A dense tensor, or null for None. */
    public @Nullable Tensor optionalTensor(String name) {
        return has(name) ? tensor(name) : null;
    }

    /** A dense tensor of a Python value, or the tensor itself. */
    public Tensor convert(@Nullable Object value, @Nullable DType dtype) {
        return switch (value) {
            case Tensor tensor -> tensor;
            case IndexedSlices slices -> slices.toTensor();
            case SparseTensor _ ->
                    throw new TensorException(
                            operation + ": takes a dense tensor, got a sparse one");
            case RaggedTensor _ ->
                    throw new TensorException(
                            operation + ": takes a dense tensor, got a ragged one");
            case null -> throw new TensorException(operation + ": takes a tensor, got None");
            default -> {
                var tensor = first(value);
                yield tensor == null || !(value instanceof List<?> list)
                        ? ofPython(value, dtype)
                        : Movements.stack(
                                list.stream().map(item -> convert(item, tensor.dtype())).toList(),
                                0);
            }
        };
    }

    /** The first tensor in a nested list; null if there is none. */
    private static @Nullable Tensor first(Object value) {
        return switch (value) {
            case Tensor tensor -> tensor;
            case List<?> list ->
                    list.stream()
                            .filter(Objects::nonNull)
                            .map(TfArguments::first)
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null);
            default -> null;
        };
    }

    private Tensor ofPython(Object value, @Nullable DType wanted) {
        var leaves = new ArrayList<Object>();
        var dims = new ArrayList<Integer>();
        flatten(value, 0, dims, leaves);
        var dtype = wanted != null ? wanted : natural(leaves);
        var shape = Shape.of(dims.stream().mapToInt(dim -> dim).toArray());
        var out = HostTensor.allocate(dtype, shape);
        for (int i = 0; i < leaves.size(); i++) {
            put(out, i, leaves.get(i));
        }
        return out;
    }

    private void put(HostTensor out, int i, Object leaf) {
        switch (leaf) {
            case byte[] bytes when out.dtype() == DType.STRING -> out.bytes()[i] = bytes;
            case String text when out.dtype() == DType.STRING ->
                    out.bytes()[i] = text.getBytes(StandardCharsets.UTF_8);
            case Boolean flag when out.dtype() == DType.BOOL ->
                    sungu.tensor.Numbers.putLong(out.dtype(), out.array(), i, flag ? 1 : 0);
            case Double number when out.dtype().isDifferentiable() ->
                    sungu.tensor.Numbers.put(out.dtype(), out.array(), i, number);
            case Long number when out.dtype() != DType.STRING && out.dtype() != DType.BOOL ->
                    sungu.tensor.Numbers.putLong(out.dtype(), out.array(), i, number);
            default ->
                    throw new TensorException(
                            operation
                                    + ": can't make "
                                    + leaf.getClass().getSimpleName()
                                    + " an element of "
                                    + out.dtype());
        }
    }

    private static DType natural(List<Object> leaves) {
        if (leaves.stream().anyMatch(leaf -> leaf instanceof Double)) {
            return DType.FLOAT32;
        }
        return leaves.isEmpty()
                ? DType.FLOAT32
                : switch (leaves.getFirst()) {
                    case Boolean _ -> DType.BOOL;
                    case byte[] _ -> DType.STRING;
                    case String _ -> DType.STRING;
                    default -> DType.INT32;
                };
    }

    private void flatten(Object value, int level, List<Integer> dims, List<Object> leaves) {
        if (!(value instanceof List<?> list)) {
            if (level != dims.size()) {
                throw new TensorException(operation + ": rows of different lengths are no tensor");
            }
            leaves.add(value);
            return;
        }
        if (level == dims.size() && leaves.isEmpty()) {
            dims.add(list.size());
        } else if (level >= dims.size() || dims.get(level) != list.size()) {
            throw new TensorException(operation + ": rows of different lengths are no tensor");
        }
        for (var item : list) {
            if (item == null) {
                throw new TensorException(operation + ": None is no element of a tensor");
            }
            flatten(item, level + 1, dims, leaves);
        }
    }

    /** The dtype of the first of some arguments that is a tensor of any sort; null if none is. */
    public @Nullable DType commonDtype(String... names) {
        for (var name : names) {
            switch (values.get(name)) {
                case Tensor tensor -> {
                    return tensor.dtype();
                }
                case RaggedTensor ragged -> {
                    return ragged.dtype();
                }
                case SparseTensor sparse -> {
                    return sparse.dtype();
                }
                case IndexedSlices slices -> {
                    return slices.dtype();
                }
                case null, default -> {}
            }
        }
        return null;
    }

    /** The items of a list. */
    public List<@Nullable Object> list(String name) {
        if (values.get(name) instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        throw wrong(name, "a list");
    }

    /** A list of dense tensors. */
    public List<Tensor> tensors(String name) {
        var tensors = new ArrayList<Tensor>();
        list(name).forEach(item -> tensors.add(convert(item, null)));
        return tensors;
    }

    /** An integer: a Python int or a tensor of one element. */
    public int integer(String name) {
        return Math.toIntExact(whole(name));
    }

    /** An integer, or the default where it is None. */
    public int integer(String name, int otherwise) {
        return has(name) ? integer(name) : otherwise;
    }

    /** An integer of 64 bits. */
    public long whole(String name) {
        return switch (values.get(name)) {
            case Long number -> number;
            case Tensor tensor when tensor.size() == 1 && tensor.dtype().isInteger() ->
                    tensor.longValue();
            case null, default -> throw wrong(name, "an integer");
        };
    }

    /** Several integers: a list, a tensor or a single one; none given is an empty array. */
    public int[] integers(String name) {
        return switch (values.get(name)) {
            case null -> new int[0];
            case Long number -> new int[] {Math.toIntExact(number)};
            case Tensor tensor -> tensor.toInts();
            default -> Arrays.stream(longs(name)).mapToInt(Math::toIntExact).toArray();
        };
    }

    /** Several integers of 64 bits: a list of numbers or scalars, a shape or a tensor. */
    public long[] longs(String name) {
        return switch (values.get(name)) {
            case Tensor tensor -> tensor.toLongs();
            case List<?> list ->
                    list.stream()
                            .mapToLong(item ->
                                    switch (item) {
                                        case Long number -> number;
                                        case Tensor scalar -> scalar.longValue();
                                        case null, default ->
                                                throw wrong(name, "a list of integers");
                                    })
                            .toArray();
            case null, default -> throw wrong(name, "a list of integers");
        };
    }

    /** A number, or the default where it is None. */
    public double number(String name, double otherwise) {
        return switch (values.get(name)) {
            case null -> otherwise;
            case Number number -> number.doubleValue();
            case Tensor tensor when tensor.size() == 1 -> tensor.doubleValue();
            default -> throw wrong(name, "a number");
        };
    }

    /** A flag, or the default where it is None. */
    public boolean flag(String name, boolean otherwise) {
        return switch (values.get(name)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            case Tensor tensor when tensor.dtype() == DType.BOOL && tensor.size() == 1 ->
                    tensor.booleanValue();
            default -> throw wrong(name, "a bool");
        };
    }

    /** A Python string or bytes, or the default where it is None. */
    public String text(String name, String otherwise) {
        return switch (values.get(name)) {
            case null -> otherwise;
            case String text -> text;
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case Tensor tensor when tensor.dtype() == DType.STRING && tensor.size() == 1 ->
                    tensor.stringValue();
            default -> throw wrong(name, "a string");
        };
    }

    /** A dtype by its name, or the default where it is None. */
    public DType dtype(String name, DType otherwise) {
        return has(name) ? DType.of(text(name, "")) : otherwise;
    }

    /** A sparse tensor. */
    public SparseTensor sparse(String name) {
        if (values.get(name) instanceof SparseTensor sparse) {
            return sparse;
        }
        throw wrong(name, "a sparse tensor");
    }

    /** A ragged tensor, a dense one as one of ragged rank 0. */
    public RaggedTensor ragged(String name) {
        return ragged(required(name));
    }

    /** A value as a ragged tensor, a dense one as one of ragged rank 0. */
    public RaggedTensor ragged(@Nullable Object value) {
        return value instanceof RaggedTensor ragged
                ? ragged
                : RaggedTensor.of(convert(value, null));
    }

    /** Calls a TensorFlow function that is an argument, and which gives a dense tensor. */
    public Tensor call(String name, List<? extends @Nullable Object> arguments) {
        if (values.get(name) instanceof Values.FunctionName function
                && TfOperations.require(function.name()).call(arguments) instanceof Tensor result) {
            return result;
        }
        throw new Unsupported("the argument '" + name + "' as a function");
    }
}
