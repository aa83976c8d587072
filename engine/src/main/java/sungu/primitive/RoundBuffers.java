package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Value;
import sungu.tensor.HostTensor;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What a loop over a body reads and writes in each round: the arguments of the body, and two sets
 * of results that take turns, since what one round carries over is read while the next one writes.
 * Some sets of buffers stay with the body for its next loops.
 */
final class RoundBuffers {
    /** The buffers that a body keeps: one for each thread that is likely to loop over it. */
    private static final class Spare {
        final AtomicReferenceArray<@Nullable RoundBuffers> buffers =
                new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());
    }

    /** The arguments: rows have arrays of their own, the others are put in by the loop. */
    final HostTensor[] arguments;

    /**
     * Where in the arrays of the loop's inputs and outputs what the body takes and returns lies.
     */
    final int[] starts;

    final int[] ends;

    private final int carried;
    private final int rows;
    private final @Nullable HostTensor[] copied;
    private final HostTensor[][] own;
    private final HostTensor[][] results;
    private final Spare spare;

    private RoundBuffers(Graph body, int carried, int rows, Spare spare) {
        this.carried = carried;
        this.rows = rows;
        this.spare = spare;
        arguments = new HostTensor[body.inputs().size()];
        copied = new HostTensor[arguments.length];
        starts = new int[arguments.length];
        ends = new int[body.outputs().size()];
        for (int i = carried; i < carried + rows; i++) {
            arguments[i] = allocate(body.inputs().get(i));
        }
        var first = allocate(body.outputs());
        var second = allocate(body.outputs().subList(0, carried));
        own = new HostTensor[][] {first, second};
        // Results that are stacked are copied away at once: one array each is enough.
        var turned = first.clone();
        System.arraycopy(second, 0, turned, 0, carried);
        results = new HostTensor[][] {first.clone(), turned};
    }

    private static HostTensor[] allocate(List<Value> values) {
        return values.stream().map(RoundBuffers::allocate).toArray(HostTensor[]::new);
    }

    private static HostTensor allocate(Value value) {
        return HostTensor.allocate(value.type().dtype(), value.type().shape());
    }

    /** Buffers for a loop over a body; they are the loop's until it gives them back. */
    static RoundBuffers take(Graph body, int carried, int rows) {
        var spare = body.derived(Spare.class, graph -> new Spare());
        for (int i = 0; i < spare.buffers.length(); i++) {
            var buffers =
                    spare.buffers.getPlain(i) == null ? null : spare.buffers.getAndSet(i, null);
            if (buffers != null && buffers.carried == carried && buffers.rows == rows) {
                return buffers;
            }
        }
        return new RoundBuffers(body, carried, rows, spare);
    }

    /** What the body writes to in a round. */
    HostTensor[] results(int round) {
        return results[round & 1];
    }

    /**
     * Puts an argument in; of one that is larger than what the body takes, the part from an array
     * entry on.
     */
    void put(int i, HostTensor argument, int start, Value input) {
        if (argument.type().equals(input.type())) {
            arguments[i] = argument;
            return;
        }
        var part = copied[i];
        if (part == null) {
            part = allocate(input);
            copied[i] = part;
        }
        int entries = part.size() * part.dtype().lanes();
        System.arraycopy(argument.array(), start, part.array(), 0, entries);
        arguments[i] = part;
    }

    /** Leaves the buffers to the next loop; they keep nothing of this one's alive. */
    @SuppressWarnings("NullAway") // arguments are put in again before anything reads them
    void give() {
        for (int i = 0; i < arguments.length; i++) {
            if (i < carried || i >= carried + rows) {
                arguments[i] = null;
            }
        }
        System.arraycopy(own[0], 0, results[0], 0, carried);
        System.arraycopy(own[1], 0, results[1], 0, carried);
        for (int i = 0; i < spare.buffers.length(); i++) {
            if (spare.buffers.compareAndSet(i, null, this)) {
                return;
            }
        }
    }
}
