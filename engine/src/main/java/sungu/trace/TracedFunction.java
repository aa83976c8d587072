package sungu.trace;

import org.jspecify.annotations.Nullable;

import sungu.backend.Backends;
import sungu.backend.Events;
import sungu.backend.Lowered;
import sungu.backend.Program;
import sungu.graph.Graph;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.tensor.Variable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeSet;
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

    /** How many numbers of rows get a trace of their own before {@link #callRows} pads. */
    private static final int EXACT = 4;

    private record Key(List<TensorType> types, @Nullable Object extra) {
        // Written out, for HotSpot links what a record has by itself at the first call.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && types.equals(key.types)
                    && Objects.equals(extra, key.extra);
        }

        @Override
        public int hashCode() {
            return 31 * types.hashCode() + Objects.hashCode(extra);
        }

        /** The number of rows that all inputs have along their first axis; -1 if there is none. */
        int rows() {
            int rows = -1;
            for (var type : types) {
                int own = type.shape().rank() == 0 ? -1 : type.shape().dim(0);
                if (own < 0 || rows >= 0 && own != rows) {
                    return -1;
                }
                rows = own;
            }
            return rows;
        }

        /** The same types with another number of rows, 0 for any. */
        Key withRows(int count) {
            return new Key(
                    types.stream().map(type -> type.with(type.shape().with(0, count))).toList(),
                    extra);
        }
    }

    private static final class Found {
        final Traced traced;
        private final TensorType[] types;
        private final @Nullable Object extra;

        Found(Key key, Traced traced) {
            this.traced = traced;
            types = key.types.toArray(TensorType[]::new);
            extra = key.extra;
        }

        boolean fits(Tensor[] values, @Nullable Object settings) {
            if (values.length != types.length
                    || settings != extra && !Objects.equals(settings, extra)) {
                return false;
            }
            for (int i = 0; i < values.length; i++) {
                var type = values[i].type();
                if (type != types[i] && !type.equals(types[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Function<Tensor[], Tensor[]> function;
    private final Supplier<? extends @Nullable Object> extraKey;
    private final String name;
    private final Map<Key, Traced> traces = new LinkedHashMap<>(16, 0.75f, true);

    /** Per types without the number of rows what all of their traces do to a row. */
    private final Map<Key, List<Object>> forms = new HashMap<>();

    private final AtomicLong runs = new AtomicLong();
    private volatile @Nullable Found last;
    private int traced;

    /** Traces for numbers of rows that stand for smaller ones, too: nobody is warned of them. */
    private int expected;

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
        var values = values(inputs);
        return run(find(values), values);
    }

    private Tensor[] run(Traced found, Tensor[] values) {
        runs.incrementAndGet();
        var context = Context.current();
        return context.trace() == null && context.tape() == null
                ? found.run(values)
                : found.bind(values);
    }

    /** The inputs with the values of variables; the array itself where there are none. */
    private static Tensor[] values(Tensor[] inputs) {
        var values = inputs;
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i] instanceof Variable variable) {
                if (values == inputs) {
                    values = inputs.clone();
                }
                values[i] = variable.value();
            }
        }
        return values;
    }

    private Traced find(Tensor[] values) {
        var found = again(values);
        if (found == null) {
            var key = key(values);
            found = find(key);
            last = new Found(key, found);
        }
        return found;
    }

    /** The trace of the last call if it fits again, found without a look-up. */
    private @Nullable Traced again(Tensor[] values) {
        var before = last;
        return before != null && before.fits(values, extraKey.get()) ? before.traced : null;
    }

    private Key key(Tensor[] values) {
        var types = new ArrayList<TensorType>(values.length);
        for (var value : values) {
            types.add(value.type());
        }
        return new Key(types, extraKey.get());
    }

    private Traced find(Key key) {
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

    /**
     * Runs the function on inputs that have the same number of rows along their first axis. When
     * the function has been traced for several numbers of rows, and what it does to a row can be
     * shown to be the same whatever the others are, further numbers of rows run as the next larger
     * one, with more rows that are dropped again; else this is {@link #call}.
     */
    public Tensor[] callRows(Tensor... inputs) {
        var context = Context.current();
        if (context.trace() != null || context.tape() != null || inputs.length == 0) {
            return call(inputs);
        }
        var before = again(inputs);
        if (before != null) {
            return run(before, values(inputs));
        }
        var key = key(inputs);
        int larger;
        synchronized (traces) {
            larger = traces.containsKey(key) ? 0 : larger(key);
        }
        if (larger == 0) {
            return call(inputs);
        }
        int rows = key.rows();
        var padded = new Tensor[inputs.length];
        for (int i = 0; i < padded.length; i++) {
            padded[i] = RowPadding.padded(inputs[i].host(), larger);
        }
        var results = call(padded);
        for (int i = 0; i < results.length; i++) {
            results[i] = RowPadding.first(results[i].host(), rows);
        }
        return results;
    }

    /**
     * The number of rows to run these types with instead of their own; 0 for their own. The
     * function is traced for that number if it has not been yet.
     */
    private int larger(Key key) {
        int rows = key.rows();
        if (rows < 2) {
            return 0;
        }
        var family = key.withRows(0);
        var sizes = new TreeSet<Integer>();
        for (var other : traces.keySet()) {
            if (other.rows() > 1 && other.withRows(0).equals(family)) {
                sizes.add(other.rows());
            }
        }
        if (sizes.size() < EXACT) {
            return 0;
        }
        if (forms.size() > CACHED) {
            forms.clear();
        }
        var form = forms.computeIfAbsent(family, none -> commonForm(family, sizes));
        if (form.isEmpty()) {
            return 0;
        }
        var next = sizes.ceiling(rows);
        if (next != null && next <= 2L * rows) {
            return next;
        }
        int power = Integer.highestOneBit(rows - 1) << 1;
        if (power <= 0) {
            return 0;
        }
        expected++;
        find(family.withRows(power));
        if (form.equals(form(family, power))) {
            return power;
        }
        forms.put(family, List.of());
        return 0;
    }

    /** The form that traces for all these numbers of rows have; empty if there is none. */
    private List<Object> commonForm(Key family, NavigableSet<Integer> sizes) {
        var first = form(family, sizes.first());
        return sizes.stream().allMatch(size -> form(family, size).equals(first))
                ? first
                : List.of();
    }

    private List<Object> form(Key family, int rows) {
        var found = find(family.withRows(rows));
        var form =
                found.writesNothing() ? RowForm.of(found.graph(), family.types.size(), rows) : null;
        return form == null ? List.of() : form;
    }

    private Traced trace(Key key) {
        traced++;
        if (traced - expected == MANY_TRACES && warning.isEmpty()) {
            var last = traces.keySet().stream().reduce((a, b) -> b);
            warning =
                    name
                            + " has been traced "
                            + traced
                            + " times; this time for "
                            + key.types
                            + last.map(before ->
                                            ", before for "
                                                    + before.types
                                                    + ": "
                                                    + difference(before, key))
                                    .orElse("")
                            + ". Inputs of equal shapes and dtypes are traced once: pad them, or"
                            + " pass values that vary as tensors";
            LOG.log(System.Logger.Level.WARNING, warning);
        }
        var event = Events.begin(Events.Kind.TRACE);
        // A surrounding trace must not leak in: what the function uses from there would differ from
        // call to call.
        var result =
                Context.eagerly(() -> Trace.trace(function, key.types.toArray(TensorType[]::new)));
        var reads = new ArrayList<Variable>();
        for (var capture : result.captures()) {
            if (!(capture instanceof Variable variable)) {
                throw new TensorException(
                        name + ": the function uses a value of a surrounding trace",
                        "pass it as an argument");
            }
            reads.add(variable);
        }
        result.graph().name(name);
        Events.end(event, result.graph());
        return new Traced(result.graph(), reads, result.writes());
    }

    /** In what inputs differ from those of the trace before. */
    private static String difference(Key before, Key now) {
        if (before.types.size() != now.types.size()) {
            return "there were " + before.types.size() + " inputs, now " + now.types.size();
        }
        var text = new StringJoiner("; ");
        for (int i = 0; i < now.types.size(); i++) {
            var old = before.types.get(i);
            var type = now.types.get(i);
            var of = " of input " + i + " was ";
            if (old.dtype() != type.dtype()) {
                text.add("the dtype" + of + old.dtype() + ", now " + type.dtype());
            }
            if (old.shape().rank() != type.shape().rank()) {
                text.add("the rank" + of + old.shape().rank() + ", now " + type.shape().rank());
                continue;
            }
            for (int axis = 0; axis < type.shape().rank(); axis++) {
                int size = old.shape().dim(axis);
                if (size != type.shape().dim(axis)) {
                    text.add("axis " + axis + of + size + " long, now " + type.shape().dim(axis));
                }
            }
        }
        if (!Objects.equals(before.extra, now.extra)) {
            text.add("the settings were " + before.extra + ", now " + now.extra);
        }
        return text.toString();
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

    /** Whether a call for inputs of these types assigns variables. */
    public boolean assigns(Tensor... inputs) {
        return !find(inputs).writesNothing();
    }

    /** The graph for inputs of these types. */
    public Graph graph(Tensor... inputs) {
        return find(inputs).graph();
    }

    /**
     * The graph and the program for inputs of these types, with every stage between them as text.
     */
    public Lowered lower(Tensor... inputs) {
        var graph = find(inputs).graph();
        return new Lowered(graph, Backends.program(graph));
    }

    /** The program for inputs of these types. */
    public Program program(Tensor... inputs) {
        return find(inputs).program();
    }

    @Override
    public String toString() {
        return "TracedFunction(" + name + ")";
    }
}
