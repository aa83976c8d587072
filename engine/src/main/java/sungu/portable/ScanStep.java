package sungu.portable;

import org.jspecify.annotations.Nullable;

import sungu.compile.Work;
import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.kernel.Parallel;
import sungu.primitive.Scan;
import sungu.tensor.HostTensor;
import sungu.trace.RowSplit;

import java.util.Optional;

/**
 * Runs a scan whose rounds treat the rows of a batch by themselves in parts of the batch, each of
 * which goes through all rounds in one thread: one place to wait for other threads instead of one
 * per product. Kernels give a row the same bits whatever stands beside it.
 */
final class ScanStep implements ProgramStep {
    /** Rows that a product needs to run at full speed. */
    private static final int ROWS = 16;

    /** More parts than this only share out work for more threads. */
    private static final int PARTS = 16;

    /** What a round takes at least, and multiplications and additions at most in that time. */
    private static final long ROUND_NANOS = 1000;

    private static final long FLOPS_PER_NANO = 200;

    /** The body for parts of one size, and for the last part. */
    private record Parts(int count, int size, Graph body, Graph last) {}

    private final Scan scan;
    private final Parts parts;
    private final long nanos;
    private final HostTensor[] inputs;
    private final HostTensor[] outputs;
    private final Parallel.Range part = this::part;

    private ScanStep(
            Scan scan, Parts parts, long nanos, HostTensor[] inputs, HostTensor[] outputs) {
        this.scan = scan;
        this.parts = parts;
        this.nanos = nanos;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** The step of a node that is such a scan; null for others. */
    static @Nullable ScanStep of(Node node, HostTensor[] inputs, HostTensor[] outputs) {
        if (!(node.primitive() instanceof Scan scan)) {
            return null;
        }
        var parts = scan.body().derived(Parts.class, body -> parts(scan)).orElse(null);
        if (parts == null) {
            return null;
        }
        long flops = Work.flops(node) * parts.size / parts.count;
        long nanos = Math.max(scan.length() * ROUND_NANOS, flops / FLOPS_PER_NANO);
        return new ScanStep(scan, parts, nanos, inputs, outputs);
    }

    private static Optional<Parts> parts(Scan scan) {
        var split = RowSplit.of(scan);
        int number = split == null ? 0 : Math.min(PARTS, split.count() / ROWS);
        if (split == null || number < 2) {
            return Optional.empty();
        }
        int count = split.count();
        int size = (count + number - 1) / number;
        int rest = (count - 1) % size + 1;
        var body = split.part(size);
        return Optional.of(new Parts(count, size, body, rest == size ? body : split.part(rest)));
    }

    @Override
    public void run() {
        if (Parallel.threads() == 1) {
            scan.run(inputs, outputs);
            return;
        }
        Parallel.loop(parts.count, parts.size, nanos, part);
    }

    private void part(int from, int to) {
        var body = to - from == parts.size ? parts.body : parts.last;
        scan.run(body, from, inputs, outputs);
    }
}
