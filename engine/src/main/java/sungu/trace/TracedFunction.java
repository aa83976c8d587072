package sungu.trace;

import org.jspecify.annotations.Nullable;

import sungu.backend.Backends;
import sungu.backend.Lowered;
import sungu.backend.Program;
import sungu.graph.Graph;
import sungu.primitive.Call;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.tensor.Variable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A Java function of tensors that is traced once per types of its inputs and runs as a program from
 * then on.
 *
 * <p>Java code in the function runs while it is traced only. Variables are read at the start of a
 * run; what the function assigns takes effect together at its end, after everything has been
 * computed.
 */
public final class TracedFunction {
    private static final System.Logger LOG = System.getLogger(TracedFunction.class.getName());
    private static final int CACHED = 64;
    private static final int MANY_TRACES = 8;

    private record Key(List<TensorType> types, @Nullable Object extra) {}

    private record Traced(Graph graph, List<Tensor> captures, List<Variable> writes) {}

    private final Function<Tensor[], Tensor[]> function;
    private final Supplier<? extends @Nullable Object> extraKey;
    private final String name;
    private final Map<Key, Traced> traces = new LinkedHashMap<>(16, 0.75f, true);
    private final AtomicLong runs = new AtomicLong();
    private int traced;
    private String warning = "";

    private TracedFunction(
            String name,
            Function<Tensor[], Tensor[]> function,
            Supplier<? extends @Nullable Object> extraKey) {
        this.name = name;
        this.function = function;
        this.extraKey = extraKey;
    }

    /** A traced function of any number of tensors. */
    public static TracedFunction of(String name, Function<Tensor[], Tensor[]> function) {
        return new TracedFunction(name, function, () -> null);
    }

    /**
     * A traced function that is traced anew when {@code key} changes, too: flags that the Java code
     * looks at.
     */
    public static TracedFunction of(
            String name,
            Function<Tensor[], Tensor[]> function,
            Supplier<? extends @Nullable Object> key) {
        return new TracedFunction(name, function, key);
    }

    /** Runs the function. */
    public Tensor[] call(Tensor... inputs) {
        var values = new Tensor[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            values[i] = inputs[i] instanceof Variable variable ? variable.value() : inputs[i];
        }
        var found = find(values);
        runs.incrementAndGet();
        var context = Context.current();
        return context.trace() == null && context.tape() == null
                ? run(found, values)
                : bind(found, values);
    }

    private Tensor[] run(Traced found, Tensor[] values) {
        int own = values.length;
        var captures = found.captures;
        var arguments = new HostTensor[own + captures.size()];
        for (int i = 0; i < own; i++) {
            arguments[i] = values[i].host();
        }
        for (int i = 0; i < captures.size(); i++) {
            arguments[own + i] = ((Variable) captures.get(i)).stored();
        }
        var results = Backends.program(found.graph).run(arguments);
        int outputs = results.length - found.writes.size();
        for (int i = 0; i < found.writes.size(); i++) {
            found.writes.get(i).store(results[outputs + i]);
        }
        return Arrays.copyOf(results, outputs, Tensor[].class);
    }

    private static Tensor[] bind(Traced found, Tensor[] values) {
        var arguments = new ArrayList<>(List.of(values));
        for (var capture : found.captures) {
            arguments.add(((Variable) capture).plainValue());
        }
        var results =
                Context.bindAll(new Call(found.graph, null), arguments.toArray(Tensor[]::new));
        int outputs = results.length - found.writes.size();
        for (int i = 0; i < found.writes.size(); i++) {
            found.writes.get(i).assign(results[outputs + i]);
        }
        return Arrays.copyOf(results, outputs);
    }

    private Traced find(Tensor[] values) {
        var types = new ArrayList<TensorType>(values.length);
        for (var value : values) {
            types.add(value.type());
        }
        var key = new Key(types, extraKey.get());
        synchronized (traces) {
            var found = traces.get(key);
            if (found == null) {
                found = trace(key);
                traces.put(key, found);
                if (traces.size() > CACHED) {
                    traces.remove(traces.keySet().iterator().next());
                }
            }
            return found;
        }
    }

    private Traced trace(Key key) {
        traced++;
        if (traced == MANY_TRACES) {
            var last = traces.keySet().stream().reduce((a, b) -> b);
            warning =
                    name
                            + " has been traced "
                            + traced
                            + " times; this time for "
                            + key.types
                            + ", before for "
                            + last.map(Key::types).orElse(List.of())
                            + ". Inputs of equal shapes and dtypes are traced once: pad them, or"
                            + " pass values that vary as tensors";
            LOG.log(System.Logger.Level.WARNING, warning);
        }
        // A surrounding trace must not leak in: what the function uses from there would differ from
        // call to call.
        var result =
                Context.eagerly(() -> Trace.trace(function, key.types.toArray(TensorType[]::new)));
        for (var capture : result.captures()) {
            if (!(capture instanceof Variable)) {
                throw new TensorException(
                        name + ": the function uses a value of a surrounding trace",
                        "pass it as an argument");
            }
        }
        return new Traced(result.graph(), result.captures(), result.writes());
    }

    /** How often the function has been traced. */
    public int traces() {
        return traced;
    }

    /** How often the function has been called: each call runs one program. */
    public long runs() {
        return runs.get();
    }

    /** The warning that this function was traced often, once there was one; else empty. */
    String warning() {
        return warning;
    }

    /** The graph for inputs of these types. */
    public Graph graph(Tensor... inputs) {
        return find(inputs).graph;
    }

    /**
     * The graph and the program for inputs of these types, with every stage between them as text.
     */
    public Lowered lower(Tensor... inputs) {
        var graph = find(inputs).graph;
        return new Lowered(graph, Backends.program(graph));
    }

    /** The program for inputs of these types. */
    public Program program(Tensor... inputs) {
        return Backends.program(find(inputs).graph);
    }

    @Override
    public String toString() {
        return "TracedFunction(" + name + ")";
    }
}
