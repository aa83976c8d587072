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
    private @Nullable Frame idle;

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
        var frame = frame(values.length + reads.length);
        try {
            take(values, frame.arguments);
            provide(frame);
            program().run(frame.arguments, frame.outputs);
        } finally {
            giveBack(frame.arguments);
        }
        exchange(frame);
        int results = types.length - writes.length;
        var returned =
                results == 0 ? NOTHING : Arrays.copyOf(frame.outputs, results, Tensor[].class);
        forget(frame);
        keep(frame);
        return returned;
    }

    /** The frame of an earlier run, or a new one while that is in use. */
    private synchronized Frame frame(int arguments) {
        var kept = idle;
        idle = null;
        return kept != null ? kept : new Frame(arguments, types.length, writes.length);
    }

    private synchronized void keep(Frame frame) {
        idle = frame;
    }

    // The loops of a run are methods of their own: HotSpot compiles a method that stays in a loop
    // as
    // a whole, and all that follows with it.

    private void take(Tensor[] values, HostTensor[] arguments) {
        for (int i = 0; i < values.length; i++) {
            arguments[i] = values[i].host();
        }
        for (int i = 0; i < reads.length; i++) {
            arguments[values.length + i] = reads[i].borrow();
        }
    }

    /** Gives back what was borrowed, which is less than all when something fails. */
    private void giveBack(@Nullable HostTensor[] arguments) {
        int own = arguments.length - reads.length;
        for (int i = 0; i < reads.length; i++) {
            var borrowed = arguments[own + i];
            if (borrowed != null) {
                reads[i].giveBack(borrowed);
            }
        }
    }

    private void provide(Frame frame) {
        int results = types.length - writes.length;
        for (int i = 0; i < types.length; i++) {
            var spare = i < results ? null : frame.spare[i - results];
            frame.outputs[i] =
                    spare != null ? spare : HostTensor.allocate(types[i].dtype(), types[i].shape());
        }
    }

    private void exchange(Frame frame) {
        int results = types.length - writes.length;
        for (int i = 0; i < writes.length; i++) {
            frame.spare[i] = writes[i].exchange(frame.outputs[results + i]);
        }
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
