package sungu.trace;

import org.jspecify.annotations.Nullable;

import sungu.backend.Backends;
import sungu.backend.Program;
import sungu.graph.Graph;
import sungu.primitive.Call;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorType;
import sungu.tensor.Variable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One trace of a function: its graph, the variables that it reads and those that it writes.
 *
 * <p>What a run writes goes into the arrays that the variables had before the last run, as long as
 * nobody else has seen them: a warm training step needs no new memory for weights and slots.
 */
final class Traced {
    private static final Tensor[] NOTHING = {};

    private final Graph graph;
    private final Variable[] reads;
    private final Variable[] writes;
    private final TensorType[] types;
    private @Nullable Program program;
    private final AtomicReference<@Nullable Frame> idle = new AtomicReference<>();

    /** What one run hands to the program, and arrays for what it writes. */
    private static final class Frame {
        final HostTensor[] arguments;
        final HostTensor[] outputs;
        final @Nullable HostTensor[] spare;

        Frame(int arguments, int outputs, int writes) {
            this.arguments = new HostTensor[arguments];
            this.outputs = new HostTensor[outputs];
            spare = new HostTensor[writes];
        }
    }

    Traced(Graph graph, List<Variable> reads, List<Variable> writes) {
        this.graph = graph;
        this.reads = reads.toArray(Variable[]::new);
        this.writes = writes.toArray(Variable[]::new);
        types = graph.outputTypes();
    }

    Graph graph() {
        return graph;
    }

    boolean writesNothing() {
        return writes.length == 0;
    }

    Program program() {
        var known = program;
        if (known == null) {
            known = Backends.program(graph);
            program = known;
        }
        return known;
    }

    /** Runs the program on values; variables change together at the end. */
    Tensor[] run(Tensor[] values) {
        var frame = idle.getAndSet(null);
        if (frame == null) {
            frame = new Frame(values.length + reads.length, types.length, writes.length);
        }
        var arguments = frame.arguments;
        var outputs = frame.outputs;
        int own = values.length;
        for (int i = 0; i < own; i++) {
            arguments[i] = values[i].host();
        }
        int results = types.length - writes.length;
        int borrowed = 0;
        try {
            for (; borrowed < reads.length; borrowed++) {
                arguments[own + borrowed] = reads[borrowed].borrow();
            }
            for (int i = 0; i < outputs.length; i++) {
                var spare = i < results ? null : frame.spare[i - results];
                outputs[i] =
                        spare != null
                                ? spare
                                : HostTensor.allocate(types[i].dtype(), types[i].shape());
            }
            program().run(arguments, outputs);
        } finally {
            for (int i = 0; i < borrowed; i++) {
                reads[i].giveBack(arguments[own + i]);
            }
        }
        for (int i = 0; i < writes.length; i++) {
            frame.spare[i] = writes[i].exchange(outputs[results + i]);
        }
        var returned = results == 0 ? NOTHING : new Tensor[results];
        for (int i = 0; i < results; i++) {
            returned[i] = outputs[i];
        }
        forget(frame);
        idle.set(frame);
        return returned;
    }

    /** An idle frame keeps neither arguments nor results alive. */
    @SuppressWarnings("NullAway") // filled again before anything reads them
    private static void forget(Frame frame) {
        Arrays.fill(frame.arguments, null);
        Arrays.fill(frame.outputs, null);
    }

    /** Records a call of the graph into the open trace or tape. */
    Tensor[] bind(Tensor[] values) {
        var arguments = new ArrayList<>(List.of(values));
        for (var variable : reads) {
            arguments.add(variable.plainValue());
        }
        var results = Context.bindAll(new Call(graph, null), arguments.toArray(Tensor[]::new));
        int outputs = results.length - writes.length;
        for (int i = 0; i < writes.length; i++) {
            writes[i].assign(results[outputs + i]);
        }
        return Arrays.copyOf(results, outputs);
    }
}
