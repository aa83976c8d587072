package sungu.conformance.tensorflow;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Unsupported;
import sungu.ragged.RaggedTensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** All functions of TensorFlow that Sungu has something for, by name. */
public final class TfOperations {
    /** The families; of several rows that take the same arguments the first counts. */
    private static final List<Consumer<TfOperation.Table>> FAMILIES =
            List.of(
                    RaggedOps::rows,
                    RaggedForms::rows,
                    SparseOps::rows,
                    SetsOps::rows,
                    CrossOps::rows,
                    DenseOps::rows,
                    StringOps::rows,
                    MiscOps::rows);

    private static final Map<String, List<TfOperation.Row>> ROWS = rows();

    private TfOperations() {}

    private static Map<String, List<TfOperation.Row>> rows() {
        var rows = new LinkedHashMap<String, List<TfOperation.Row>>();
        for (var family : FAMILIES) {
            family.accept((signature, only, body) -> {
                var row = TfOperation.Row.of(signature, only, body);
                rows.computeIfAbsent(row.name(), _ -> new ArrayList<>()).add(row);
            });
        }
        return rows;
    }

    /** The names of all functions that have a row. */
    public static Set<String> names() {
        return ROWS.keySet();
    }

    /**
     * The function of a name.
     *
     * @throws Unsupported if it has no row
     */
    public static TfOperation require(String name) {
        var rows = ROWS.get(name);
        if (rows == null) {
            throw new Unsupported("operation " + name);
        }
        return new TfOperation() {
            @Override
            public @Nullable Object call(Map<String, @Nullable Object> arguments) {
                for (var row : rows) {
                    if (row.takes(arguments)) {
                        return run(row, arguments);
                    }
                }
                throw new Unsupported(name + " with the arguments " + arguments.keySet());
            }

            @Override
            public @Nullable Object call(List<? extends @Nullable Object> arguments) {
                for (var row : rows) {
                    if (arguments.size() <= row.parameters().size()) {
                        var named = new LinkedHashMap<String, @Nullable Object>();
                        for (int i = 0; i < arguments.size(); i++) {
                            named.put(row.parameters().get(i), arguments.get(i));
                        }
                        if (row.takes(named)) {
                            return run(row, named);
                        }
                    }
                }
                throw new Unsupported(name + " with " + arguments.size() + " arguments");
            }
        };
    }

    private static @Nullable Object run(
            TfOperation.Row row, Map<String, @Nullable Object> arguments) {
        try {
            return plain(row.body().run(new TfArguments(row.name(), arguments)));
        } catch (TensorException e) {
            throw e.in(row.name());
        }
    }

    /** Results of ragged rank 0 are dense tensors. */
    private static @Nullable Object plain(@Nullable Object result) {
        return switch (result) {
            case RaggedTensor ragged when ragged.raggedRank() == 0 -> ragged.flatValues();
            case List<?> list -> {
                var items = new ArrayList<@Nullable Object>();
                list.forEach(item -> items.add(plain(item)));
                yield items;
            }
            case null, default -> result;
        };
    }
}
