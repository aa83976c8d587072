package sungu.trace;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Value;
import sungu.primitive.Opaque;
import sungu.primitive.Primitive;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.tensor.TracedTensor;
import sungu.tensor.Variable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The recording of one run of a Java function as a {@link Graph}.
 *
 * <p>What the function uses but was not given becomes further inputs of the graph: variables it
 * reads and values of a surrounding trace ({@link Result#captures}). Values in memory become
 * constants. Variables it assigns become further outputs ({@link Result#writes}).
 */
public final class Trace {
    private final Graph.Builder graph = new Graph.Builder();
    private final @Nullable Trace outer;
    private final Map<Object, TracedTensor> known = new IdentityHashMap<>();
    private final List<Tensor> captures = new ArrayList<>();
    private final Map<Variable, Tensor> written = new LinkedHashMap<>();

    private Trace(@Nullable Trace outer) {
        this.outer = outer;
    }

    /**
     * A function as a graph.
     *
     * @param graph inputs: the given ones, then the captures; outputs: those of the function, then
     *     the new values of the written variables
     * @param captures the variables and outer values that the further inputs stand for
     * @param writes the variables that the further outputs are assigned to
     */
    public record Result(Graph graph, List<Tensor> captures, List<Variable> writes) {}

    /** Records {@code function} for inputs of these types. */
    public static Result trace(Function<Tensor[], Tensor[]> function, TensorType... inputs) {
        return trace(function, List.of(), inputs);
    }

    /**
     * Records {@code function} for inputs of these types; {@code captures} are the first further
     * inputs whether used or not.
     */
    public static Result trace(
            Function<Tensor[], Tensor[]> function, List<Tensor> captures, TensorType... inputs) {
        var context = Context.current();
        var trace = new Trace(context.trace());
        var arguments = new Tensor[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            arguments[i] = new TracedTensor(trace, trace.graph.input(inputs[i]));
        }
        captures.forEach(trace::capture);
        return context.tracing(
                trace,
                () -> {
                    var outputs = new ArrayList<Value>();
                    for (var output : function.apply(arguments)) {
                        outputs.add(
                                trace.value(
                                        output instanceof Variable variable
                                                ? variable.value()
                                                : output));
                    }
                    trace.written.values().forEach(value -> outputs.add(trace.value(value)));
                    return new Result(
                            trace.graph.build(outputs),
                            List.copyOf(trace.captures),
                            List.copyOf(trace.written.keySet()));
                });
    }

    /** Adds a node for a primitive. */
    Tensor[] record(Primitive primitive, Tensor[] inputs, String place) {
        if (primitive instanceof Opaque opaque && opaque.dynamic()) {
            throw new TensorException(
                    primitive.label()
                            + ": the shape of the result depends on values, so it can't be traced",
                    "pass size= where the operation takes it, or call it outside of the traced"
                            + " function"
                            + userLine());
        }
        var values = new Value[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            values[i] = value(inputs[i]);
        }
        var outputs = graph.node(primitive, Arrays.asList(values), place);
        var tensors = new Tensor[outputs.size()];
        for (int i = 0; i < tensors.length; i++) {
            tensors[i] = new TracedTensor(this, outputs.get(i));
        }
        return tensors;
    }

    private Value value(Tensor tensor) {
        if (tensor instanceof TracedTensor traced && traced.trace() == this) {
            return traced.value();
        }
        var earlier = known.get(tensor.identity());
        if (earlier != null) {
            return earlier.value();
        }
        if (tensor instanceof HostTensor host) {
            var value = graph.constant(host);
            known.put(host.identity(), new TracedTensor(this, value));
            return value;
        }
        if (tensor instanceof Variable variable) {
            return value(read(variable));
        }
        if (!(tensor instanceof TracedTensor traced)) {
            throw new TensorException(
                    "an engine operation got a symbolic tensor " + tensor.type(),
                    "use the operations of sungu.keras.ops, or a layer, on the inputs of a"
                            + " model");
        }
        if (!surrounds(traced.trace())) {
            throw new TensorException(
                    traced + " belongs to a function whose trace is over",
                    "return values from the traced function instead of storing them outside");
        }
        return capture(traced).value();
    }

    private boolean surrounds(Trace other) {
        for (var trace = outer; trace != null; trace = trace.outer) {
            if (trace == other) {
                return true;
            }
        }
        return false;
    }

    private TracedTensor capture(Tensor tensor) {
        var traced = new TracedTensor(this, graph.input(tensor.type()));
        known.put(tensor.identity(), traced);
        captures.add(tensor);
        return traced;
    }

    /** The current value of a variable in this trace. */
    public Tensor read(Variable variable) {
        var assigned = written.get(variable);
        if (assigned != null) {
            return assigned;
        }
        var earlier = known.get(variable);
        return earlier != null ? earlier : capture(variable);
    }

    /** Makes {@code value} the current value of a variable in this trace. */
    public void write(Variable variable, Tensor value) {
        // The identity of what a variable holds must differ from that of what was assigned to it.
        written.put(variable, new TracedTensor(this, value(value)));
    }

    /** The variables assigned so far. */
    public List<Variable> written() {
        return List.copyOf(written.keySet());
    }

    /** The error for reading elements of a value that a trace only stands for. */
    public static TensorException readOfTracedValue(TensorType type) {
        return new TensorException(
                "the value of a traced tensor "
                        + type
                        + " can't be read: the function is being traced"
                        + userLine(),
                "decide with Controls.cond, loop with Controls.whileLoop or Controls.scan, or"
                        + " return the tensor and read it outside");
    }

    private static String userLine() {
        return StackWalker.getInstance()
                .walk(frames ->
                        frames.filter(f ->
                                        !f.getClassName().startsWith("sungu.")
                                                || f.getClassName().startsWith("sungu.examples."))
                                .filter(f ->
                                        !f.getClassName().startsWith("java.")
                                                && !f.getClassName().startsWith("jdk."))
                                .findFirst())
                .map(f ->
                        "\n  at "
                                + f.getFileName()
                                + ":"
                                + f.getLineNumber()
                                + " ("
                                + f.getMethodName()
                                + ")")
                .orElse("");
    }
}
