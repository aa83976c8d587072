package sungu.compile;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Call;
import sungu.primitive.Contraction;
import sungu.primitive.Convolution;
import sungu.primitive.DotGeneral;
import sungu.primitive.Elementwise;
import sungu.primitive.Gather;
import sungu.primitive.Movement;
import sungu.primitive.Reduction;
import sungu.primitive.Scan;

import java.util.Collection;

/**
 * What a step has to do, as far as its graph tells.
 *
 * @param flops arithmetic operations: two per multiplication and addition of a contraction, one per
 *     element of the result of an elementwise instruction and of what is reduced
 * @param bytes what it reads and writes, each value once
 */
public record Work(long flops, long bytes) {
    /** What a byte takes, in nanoseconds, where caches hold what is read. */
    private static final double BYTE = 0.1;

    /** What an operation takes one by one, and in a product. */
    private static final double SINGLE = 0.25;

    private static final double PRODUCT = 0.025;

    /** The work of a group of nodes. */
    public static Work of(Group group) {
        return new Work(
                group.nodes().stream().mapToLong(Work::flops).sum(),
                bytes(group.reads().stream().distinct().toList()) + bytes(group.writes()));
    }

    /** About how long a group takes on one thread. */
    static long nanos(Group group) {
        var work = of(group);
        // Movements and lookups read as much as they write, the latter here and there.
        var last = group.nodes().getLast().primitive();
        if (last instanceof Movement && group.nest() == null) {
            return (long) (2 * bytes(group.writes()) * BYTE);
        }
        if (last instanceof Gather) {
            return (long) (4 * bytes(group.writes()) * BYTE);
        }
        double flop = last instanceof Contraction ? PRODUCT : SINGLE;
        return (long) (work.flops * flop + work.bytes * BYTE);
    }

    private static long bytes(Collection<Value> values) {
        return values.stream()
                .mapToLong(value -> (long) value.type().size() * value.type().dtype().bytes())
                .sum();
    }

    /** The arithmetic operations of a node. */
    public static long flops(Node node) {
        long size = node.outputs().get(0).type().size();
        var primitive = node.primitive();
        if (primitive instanceof Elementwise) {
            return size;
        }
        if (primitive instanceof Reduction) {
            return node.inputs().get(0).type().size();
        }
        if (primitive instanceof DotGeneral dot) {
            long terms = 1;
            for (int axis : dot.leftContract().toArray()) {
                terms *= node.inputs().get(0).type().shape().dim(axis);
            }
            return 2 * size * terms;
        }
        if (primitive instanceof Convolution) {
            var kernel = node.inputs().get(1).type();
            return 2 * size * kernel.size() / Math.max(1, kernel.shape().dim(-1));
        }
        if (primitive instanceof Scan scan) {
            return scan.length() * flops(scan.body());
        }
        return primitive instanceof Call call ? flops(call.graph()) : 0;
    }

    private static long flops(Graph graph) {
        return graph.nodes().stream().mapToLong(Work::flops).sum();
    }
}
