package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Unsupported;
import sungu.conformance.tensorflow.TfArguments;
import sungu.lookup.DenseHashTable;
import sungu.lookup.KeyValues;
import sungu.lookup.LookupTable;
import sungu.lookup.MutableHashTable;
import sungu.lookup.StaticHashTable;
import sungu.lookup.StaticVocabularyTable;
import sungu.ops.Indexing;
import sungu.ragged.RaggedTensor;
import sungu.sparse.SparseTensor;
import sungu.tensor.DType;
import sungu.tensor.Tensor;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Cases of kind {@code lookup}. */
final class LookupCases implements EventCases.Subject {
    private final LookupTable table;

    private LookupCases(LookupTable table) {
        this.table = table;
    }

    static void replay(Case recorded) throws Exception {
        EventCases.replay(recorded, LookupCases::make);
    }

    private static LookupCases make(Case recorded, Map<String, @Nullable Object> values) {
        var kind = recorded.text("class");
        var a = new TfArguments("tf.lookup." + kind, values);
        return new LookupCases(
                switch (kind) {
                    case "StaticHashTable" -> {
                        var content = content(a);
                        yield new StaticHashTable(
                                content, a.tensor("default_value", content.values().dtype()));
                    }
                    case "StaticVocabularyTable" -> {
                        var content = content(a);
                        yield new StaticVocabularyTable(
                                content,
                                a.whole("num_oov_buckets"),
                                a.dtype("lookup_key_dtype", content.keys().dtype()));
                    }
                    case "MutableHashTable" ->
                            new MutableHashTable(a.dtype("key_dtype", DType.STRING), missing(a));
                    case "DenseHashTable" ->
                            new DenseHashTable(
                                    missing(a),
                                    a.tensor("empty_key"),
                                    a.tensor("deleted_key"),
                                    a.integer("initial_num_buckets", 1 << 17));
                    default -> throw new Unsupported("tables " + kind);
                });
    }

    private static Tensor missing(TfArguments a) {
        return a.tensor("default_value", a.dtype("value_dtype", DType.INT64));
    }

    private static KeyValues content(TfArguments a) {
        return KeyValues.of(
                a.tensor("keys", a.has("key_dtype") ? a.dtype("key_dtype", DType.STRING) : null),
                a.tensor(
                        "values",
                        a.has("value_dtype") ? a.dtype("value_dtype", DType.INT64) : null));
    }

    @Override
    public @Nullable Object call(String method, List<@Nullable Object> arguments) {
        return switch (method) {
            case "size" -> Tensor.of(table.size());
            case "key_dtype" -> table.keyDtype();
            case "value_dtype" -> table.valueDtype();
            case "lookup", "__getitem__" -> lookup(arguments);
            case "insert", "insert_or_assign" -> {
                var keys = tensor(arguments, 0, table.keyDtype());
                var values = tensor(arguments, 1, table.valueDtype());
                if (table instanceof DenseHashTable dense) {
                    dense.insert(keys, values);
                } else if (table instanceof MutableHashTable mutable) {
                    mutable.insert(keys, values);
                }
                yield null;
            }
            case "remove", "erase" -> {
                var keys = tensor(arguments, 0, table.keyDtype());
                if (table instanceof DenseHashTable dense) {
                    dense.remove(keys);
                } else if (table instanceof MutableHashTable mutable) {
                    mutable.remove(keys);
                }
                yield null;
            }
            case "export" ->
                    sorted(
                            switch (table) {
                                case StaticHashTable fixed -> fixed.export();
                                case MutableHashTable mutable -> mutable.export();
                                default -> throw new Unsupported("export of " + table);
                            });
            default -> throw new Unsupported("the method " + method + " of tables");
        };
    }

    private @Nullable Object lookup(List<@Nullable Object> arguments) {
        return switch (arguments.get(0)) {
            case RaggedTensor ragged -> table.lookup(ragged);
            case SparseTensor sparse -> table.lookup(sparse);
            case null, default -> {
                var keys = tensor(arguments, 0, table.keyDtype());
                yield arguments.size() > 1 && table instanceof MutableHashTable mutable
                        ? mutable.lookup(keys, tensor(arguments, 1, table.valueDtype()))
                        : table.lookup(keys);
            }
        };
    }

    private static Tensor tensor(List<@Nullable Object> arguments, int number, DType dtype) {
        return new TfArguments("table", Map.of()).convert(arguments.get(number), dtype);
    }

    /** The recorded keys are in order. */
    private static List<Tensor> sorted(KeyValues all) {
        var host = all.keys().host();
        var order =
                IntStream.range(0, all.keys().size())
                        .boxed()
                        .sorted(
                                host.dtype() == DType.STRING
                                        ? Comparator.comparing(host::string)
                                        : Comparator.comparingLong(host::integer))
                        .mapToInt(Integer::intValue)
                        .toArray();
        var indices = Tensor.ofInts(order);
        return List.of(
                Indexing.gather(all.keys(), indices, 0), Indexing.gather(all.values(), indices, 0));
    }
}
