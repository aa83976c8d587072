package sungu.portable;

import sungu.compile.Group;
import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Call;
import sungu.primitive.Convolution;
import sungu.primitive.DotGeneral;
import sungu.primitive.Elementwise;
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
record Work(long flops, long bytes) {
    /** The work of a group of nodes. */
    static Work of(Group group) {
        return new Work(
                group.nodes().stream().mapToLong(Work::flops).sum(),
                bytes(group.reads().stream().distinct().toList()) + bytes(group.writes()));
    }

    private static long bytes(Collection<Value> values) {
        return values.stream()
                .mapToLong(value -> (long) value.type().size() * value.type().dtype().bytes())
                .sum();
    }

    static long flops(Node node) {
        long size = node.outputs().get(0).type().size();
        return switch (node.primitive()) {
            case Elementwise op -> size;
            case Reduction reduction -> node.inputs().get(0).type().size();
            case DotGeneral dot -> {
                long terms = 1;
                for (int axis : dot.leftContract().toArray()) {
                    terms *= node.inputs().get(0).type().shape().dim(axis);
                }
                yield 2 * size * terms;
            }
            case Convolution convolution -> {
                var kernel = node.inputs().get(1).type();
                yield 2 * size * kernel.size() / Math.max(1, kernel.shape().dim(-1));
            }
            case Scan scan -> scan.length() * flops(scan.body());
            case Call call -> flops(call.graph());
            default -> 0;
        };
    }

    private static long flops(Graph graph) {
        return graph.nodes().stream().mapToLong(Work::flops).sum();
    }
}
