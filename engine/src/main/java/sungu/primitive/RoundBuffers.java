package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Value;
import sungu.tensor.HostTensor;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a loop over a body reads and writes in each round: the arguments of the body, and two sets
 * of results that take turns, since what one round carries over is read while the next one writes.
 * One set of buffers stays with the body for its next loop.
 */
final class RoundBuffers {
    /** The buffers that a body keeps. */
    private static final class Spare {
        final AtomicReference<@Nullable RoundBuffers> buffers = new AtomicReference<>();
    }

    /** The arguments: rows have arrays of their own, the others are put in by the loop. */
    final HostTensor[] arguments;

    private final int carried;
    private final int rows;
    private final HostTensor[][] own;
    private final HostTensor[][] results;
    private final Spare spare;

    private RoundBuffers(Graph body, int carried, int rows, Spare spare) {
        this.carried = carried;
        this.rows = rows;
        this.spare = spare;
        arguments = new HostTensor[body.inputs().size()];
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
        var spare = body.derived(Spare.class, Spare::new);
        var buffers = spare.buffers.getAndSet(null);
        return buffers != null && buffers.carried == carried && buffers.rows == rows
                ? buffers
                : new RoundBuffers(body, carried, rows, spare);
    }

    /** What the body writes to in a round. */
    HostTensor[] results(int round) {
        return results[round & 1];
    }

    /** Leaves the buffers to the next loop; they keep nothing of this one's alive. */
    @SuppressWarnings("NullAway") // arguments are put in again before anything reads them
    void give() {
        Arrays.fill(arguments, 0, carried, null);
        Arrays.fill(arguments, carried + rows, arguments.length, null);
        System.arraycopy(own[0], 0, results[0], 0, carried);
        System.arraycopy(own[1], 0, results[1], 0, carried);
        spare.buffers.set(this);
    }
}
