package sungu.conformance;

import org.jspecify.annotations.Nullable;

import sungu.kernel.RawBytes;
import sungu.ragged.RaggedTensor;
import sungu.ragged.RowPartition;
import sungu.sparse.IndexedSlices;
import sungu.sparse.SparseTensor;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Slice;
import sungu.tensor.Tensor;
import sungu.tensor.TensorShape;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The tagged encoding of recorded values, decoded to argument values: Tensor, Boolean, Long (Python
 * int), Double (Python float), String, List (list and tuple), Map (dict), Slice, {@code byte[]}
 * (bytes), null; of TensorFlow's structures SparseTensor, RaggedTensor, IndexedSlices, TensorShape.
 */
public final class Values {
    /** A Python complex number. */
    public record Complex(double real, double imaginary) {}

    /** A recorded Keras object in a result: compared by its configuration. */
    public record Serialized(@Nullable Object tree) {}

    /** A TensorFlow function as an argument, by its name. */
    public record FunctionName(String name) {}

    private final UnaryOperator<@Nullable Object> objects;

    /**
     * @param objects what becomes of a serialized Keras object
     */
    public Values(UnaryOperator<@Nullable Object> objects) {
        this.objects = objects;
    }

    /** Decodes results: Keras objects in them stay configurations. */
    public static Values results() {
        return new Values(Serialized::new);
    }

    /** Decodes each entry of an object of values. */
    public Map<String, @Nullable Object> entries(Map<?, ?> tree) {
        var decoded = new LinkedHashMap<String, @Nullable Object>();
        tree.forEach((key, value) -> decoded.put((String) key, decode(value)));
        return decoded;
    }

    /** Decodes each entry of an array of values. */
    public List<@Nullable Object> all(List<?> trees) {
        var decoded = new ArrayList<@Nullable Object>(trees.size());
        for (var tree : trees) {
            decoded.add(decode(tree));
        }
        return decoded;
    }

    /** Decodes one value. */
    public @Nullable Object decode(@Nullable Object tree) {
        if (tree instanceof List<?> plain) {
            return all(plain);
        }
        if (!(tree instanceof Map<?, ?> tagged)) {
            return tree;
        }
        if (tagged.size() != 1) {
            // A structure written without tags, as in a list of recorded steps.
            return entries(tagged);
        }
        var entry = tagged.entrySet().iterator().next();
        return switch ((String) entry.getKey()) {
            case "tensor" -> tensor((Map<?, ?>) some(entry.getValue()));
            case "float" -> nonFinite((String) some(entry.getValue()));
            case "complex" -> {
                var parts = (List<?>) some(entry.getValue());
                yield new Complex(real(parts.get(0)), real(parts.get(1)));
            }
            case "list", "tuple" -> all((List<?>) some(entry.getValue()));
            case "dict" -> entries((Map<?, ?>) some(entry.getValue()));
            case "class_weight" -> {
                var weights = new LinkedHashMap<@Nullable Object, @Nullable Object>();
                for (var pair : (List<?>) some(entry.getValue())) {
                    weights.put(((List<?>) pair).get(0), ((List<?>) pair).get(1));
                }
                yield weights;
            }
            case "slice" -> {
                var bounds = (List<?>) some(entry.getValue());
                var step = integer(bounds.get(2));
                yield new Slice.Range(
                        integer(bounds.get(0)), integer(bounds.get(1)), step == null ? 1 : step);
            }
            case "ellipsis" -> Slice.ELLIPSIS;
            case "bytes" -> Base64.getDecoder().decode((String) some(entry.getValue()));
            case "serialized" -> objects.apply(entry.getValue());
            case "sparse" -> sparse((Map<?, ?>) some(entry.getValue()));
            case "ragged" -> ragged((Map<?, ?>) some(entry.getValue()));
            case "indexed_slices" -> slices((Map<?, ?>) some(entry.getValue()));
            case "tensor_shape" -> partialShape(entry.getValue());
            case "function" -> new FunctionName((String) some(entry.getValue()));
            default -> entries(tagged);
        };
    }

    /** Decodes a value that must be a tensor. */
    public static Tensor tensorOf(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> tagged && tagged.get("tensor") instanceof Map<?, ?> body) {
            return tensor(body);
        }
        throw new Unsupported("a tensor was expected, the case has " + tree);
    }

    /** Decodes what stands behind the tag {@code tensor}. */
    static HostTensor tensor(Map<?, ?> body) {
        var dims = (List<?>) some(body.get("shape"));
        var shape = Shape.of(dims.stream().mapToInt(dim -> ((Number) dim).intValue()).toArray());
        var dtype = dtype((String) some(body.get("dtype")));
        var out = HostTensor.allocate(dtype, shape);
        if (dtype == DType.STRING) {
            var strings = (List<?>) some(body.get("values"));
            for (int i = 0; i < strings.size(); i++) {
                out.bytes()[i] = Base64.getDecoder().decode((String) strings.get(i));
            }
        } else {
            var bytes = Base64.getDecoder().decode((String) some(body.get("data")));
            RawBytes.read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), out);
        }
        return out;
    }

    private static SparseTensor sparse(Map<?, ?> body) {
        return SparseTensor.of(
                tensorOf(body.get("indices")),
                tensorOf(body.get("values")),
                ((List<?>) some(body.get("dense_shape")))
                        .stream().mapToLong(dim -> ((Number) dim).longValue()).toArray());
    }

    private static RaggedTensor ragged(Map<?, ?> body) {
        var flat = tensorOf(body.get("flat_values"));
        var splits = (List<?>) some(body.get("row_splits"));
        var uniform = body.get("uniform_row_lengths") instanceof List<?> list ? list : null;
        var partitions = new ArrayList<RowPartition>();
        for (int i = 0; i < splits.size(); i++) {
            var at = tensorOf(splits.get(i));
            partitions.add(
                    uniform != null && uniform.get(i) instanceof Number length
                            ? RowPartition.ofUniform(length.intValue(), at.size() - 1, at.dtype())
                            : RowPartition.ofSplits(at, at.toInts()[at.size() - 1]));
        }
        return RaggedTensor.of(flat, partitions);
    }

    private static IndexedSlices slices(Map<?, ?> body) {
        var dense = body.get("dense_shape");
        return new IndexedSlices(
                tensorOf(body.get("values")),
                tensorOf(body.get("indices")),
                dense == null ? null : Shape.of(tensorOf(dense).toInts()));
    }

    private static TensorShape partialShape(@Nullable Object tree) {
        return tree instanceof List<?> list
                ? TensorShape.of(
                        list.stream()
                                .mapToInt(dim ->
                                        dim == null ? Shape.UNKNOWN : ((Long) dim).intValue())
                                .toArray())
                : TensorShape.UNKNOWN;
    }

    private static DType dtype(String name) {
        for (var dtype : DType.values()) {
            if (dtype.label().equals(name)) {
                return dtype;
            }
        }
        throw new Unsupported("tensors of dtype " + name);
    }

    /** A plain JSON number, or the tagged form of one that is not finite. */
    public static double real(@Nullable Object tree) {
        return switch (tree) {
            case Number number -> number.doubleValue();
            case Map<?, ?> tagged when tagged.get("float") instanceof String word ->
                    nonFinite(word);
            case null, default ->
                    throw new Unsupported("a number was expected, the case has " + tree);
        };
    }

    private static double nonFinite(String word) {
        return switch (word) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    private static @Nullable Integer integer(@Nullable Object number) {
        return number instanceof Number n ? (Integer) n.intValue() : null;
    }

    private static Object some(@Nullable Object value) {
        if (value == null) {
            throw new Unsupported("an encoded value lacks its content");
        }
        return value;
    }
}
