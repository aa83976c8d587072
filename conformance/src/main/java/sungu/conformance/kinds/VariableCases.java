package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.conformance.tensorflow.TfArguments;
import sungu.ops.Indexing;
import sungu.primitive.Scatter.Combine;
import sungu.sparse.IndexedSlices;
import sungu.tensor.Slice;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.Variable;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Cases of kind {@code variable}. */
final class VariableCases implements EventCases.Subject {
    private final Variable variable;

    private VariableCases(Variable variable) {
        this.variable = variable;
    }

    static void replay(Case recorded) throws Exception {
        EventCases.replay(
                recorded,
                (made, none) ->
                        new VariableCases(new Variable(Values.tensorOf(made.field("initial")))));
    }

    @Override
    public @Nullable Object value() {
        return variable.stored();
    }

    @Override
    public @Nullable Object call(String method, List<@Nullable Object> arguments) {
        return switch (method) {
            case "assign" -> nothing(variable.assign(tensor(arguments, 0)));
            case "assign_add" -> nothing(variable.assignAdd(tensor(arguments, 0)));
            case "assign_sub" -> nothing(variable.assignSub(tensor(arguments, 0)));
            case "read_value" -> variable.value();
            case "getitem" -> Indexing.get(variable, index(arguments.get(0)));
            case "getitem_assign" ->
                    nothing(
                            variable.assign(
                                    Indexing.update(
                                            variable.value(),
                                            index(arguments.get(0)),
                                            tensor(arguments, 1))));
            case "sparse_read" -> variable.sparseRead(tensor(arguments, 0));
            case "gather_nd" -> variable.gatherNd(tensor(arguments, 0));
            case "count_up_to" -> variable.countUpTo((Long) arguments.get(0));
            case "batch_scatter_update" -> {
                var slices = slices(arguments.get(0));
                yield nothing(variable.batchScatterUpdate(slices.indices(), slices.values()));
            }
            case "scatter_sub" -> {
                var slices = slices(arguments.get(0));
                yield nothing(variable.scatterSub(slices.indices(), slices.values()));
            }
            case "scatter_nd_sub" ->
                    nothing(variable.scatterNdSub(tensor(arguments, 0), tensor(arguments, 1)));
            default -> scatter(method, arguments);
        };
    }

    private @Nullable Object scatter(String method, List<@Nullable Object> arguments) {
        if (method.startsWith("scatter_nd_")) {
            return nothing(
                    variable.scatterNd(
                            combine(method), tensor(arguments, 0), tensor(arguments, 1)));
        }
        if (!method.startsWith("scatter_")) {
            throw new Unsupported("the method " + method + " of variables");
        }
        var slices = slices(arguments.get(0));
        return nothing(variable.scatter(combine(method), slices.indices(), slices.values()));
    }

    private static Combine combine(String method) {
        var name = method.substring(method.lastIndexOf('_') + 1);
        return switch (name) {
            case "mul" -> Combine.MULTIPLY;
            case "div" -> Combine.DIVIDE;
            case "add", "min", "max", "update" -> Combine.valueOf(name.toUpperCase(Locale.ROOT));
            default -> throw new Unsupported("the method " + method + " of variables");
        };
    }

    private static IndexedSlices slices(@Nullable Object value) {
        if (value instanceof IndexedSlices slices) {
            return slices;
        }
        throw new TensorException("variable: takes indexed slices, got " + value);
    }

    /** What stands between Python's brackets: one entry or several. */
    private static List<Slice> index(@Nullable Object key) {
        return (key instanceof List<?> list ? list : java.util.Arrays.asList(key))
                .stream()
                        .map(entry ->
                                switch (entry) {
                                    case null -> Slice.NEW_AXIS;
                                    case Slice slice -> slice;
                                    case Long at -> Slice.at(Math.toIntExact(at));
                                    case Tensor at -> Slice.at(at.intValue());
                                    default -> throw new Unsupported("the index " + entry);
                                })
                        .toList();
    }

    private Tensor tensor(List<@Nullable Object> arguments, int number) {
        return new TfArguments("variable", Map.of())
                .convert(arguments.get(number), variable.dtype());
    }

    private static @Nullable Object nothing(Variable unused) {
        return null;
    }
}
