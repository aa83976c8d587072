package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.DotGeneral;
import sungu.primitive.Scan;
import sungu.primitive.Transpose;
import sungu.tensor.Ints;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Transposes once, before a scan, what each round would read column by column: the right operand of
 * a product that is the same in all rounds, such as the recurrent kernel in the gradient of a
 * layer. Every bit stays.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[4,3], %1: f32[3,3]) {
 *   %2: f32[4,3] = scan(%0, %1) {body=graph(%0: f32[4,3], %1: f32[3,3]) {
 *       %2: f32[4,3] = dot_general(%0, %1) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[1]}
 *       return %2
 *     }, carried=1, rows=0, length=9, reverse=false}
 *   return %2
 * }
 * after:
 * graph(%0: f32[4,3], %1: f32[3,3]) {
 *   %2: f32[3,3] = transpose(%1) {order=[1, 0]}
 *   %3: f32[4,3] = scan(%0, %1, %2) {body=graph(%0: f32[4,3], %1: f32[3,3], %2: f32[3,3]) {
 *       %3: f32[4,3] = dot_general(%0, %2) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[0]}
 *       return %3
 *     }, carried=1, rows=0, length=9, reverse=false}
 *   return %3
 * }
 * }</pre>
 */
final class ScanOperands implements Pass {
    private record Moved(Value stay, Ints order) {}

    @Override
    public String name() {
        return "scan-operands";
    }

    @Override
    public Graph run(Graph graph) {
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) ->
                        node.primitive() instanceof Scan scan && scan.length() > 1
                                ? turned(node, scan, inputs, into)
                                : null);
    }

    private static @Nullable List<Value> turned(
            Node node, Scan scan, List<Value> in, Rewriter into) {
        int stay = scan.carried() + scan.rows();
        var stays = scan.body().inputs().subList(stay, in.size());
        Map<Moved, Value> inside = new HashMap<>();
        var outside = new ArrayList<>(in);
        var body =
                Rewriter.rewrite(
                        scan.body(),
                        (inner, inputs, within) -> {
                            if (!(inner.primitive() instanceof DotGeneral dot)
                                    || !stays.contains(inner.inputs().get(1))) {
                                return null;
                            }
                            var right = inner.inputs().get(1);
                            var order = order(dot, right.type().shape().rank());
                            if (Axes.isAscending(order.toArray())) {
                                return null;
                            }
                            var moved =
                                    inside.computeIfAbsent(
                                            new Moved(right, order),
                                            key -> {
                                                var whole = in.get(stay + stays.indexOf(right));
                                                var turned =
                                                        into.node(
                                                                new Transpose(order),
                                                                inner.place(),
                                                                whole);
                                                outside.add(turned);
                                                return within.input(turned.type());
                                            });
                            int batch = dot.rightBatch().size();
                            int sums = dot.rightContract().size();
                            return List.of(
                                    within.node(
                                            new DotGeneral(
                                                    dot.leftBatch(),
                                                    Ints.range(0, batch),
                                                    dot.leftContract(),
                                                    Ints.range(batch, batch + sums)),
                                            inner.place(),
                                            inputs.get(0),
                                            moved));
                        });
        return outside.size() == in.size()
                ? null
                : into.nodes(scan.with(List.of(body)), node.place(), outside);
    }

    /** The axes of the right operand as products read them: batch, contracted, free. */
    private static Ints order(DotGeneral dot, int rank) {
        var free = DotGeneral.free(rank, dot.rightBatch(), dot.rightContract());
        return Ints.of(
                IntStream.concat(
                                IntStream.concat(
                                        IntStream.of(dot.rightBatch().toArray()),
                                        IntStream.of(dot.rightContract().toArray())),
                                IntStream.of(free))
                        .toArray());
    }
}
