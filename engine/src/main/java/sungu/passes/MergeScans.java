package sungu.passes;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Primitive;
import sungu.primitive.Scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs scans that carry the same values over the same inputs as one, which stacks what each of them
 * did: a scan and the first half of its gradient.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[2], %1: f32[3,2]) {
 *   %2: f32[2], %3: f32[3,2] = scan(%0, %1) {body=graph(%0: f32[2], %1: f32[2]) {
 *       %2: f32[2] = add(%0, %1)
 *       return %2, %1
 *     }, carried=1, rows=1, length=3, reverse=false}
 *   %4: f32[2], %5: f32[3,2] = scan(%0, %1) {body=graph(%0: f32[2], %1: f32[2]) {
 *       %2: f32[2] = add(%0, %1)
 *       %3: f32[2] = exp(%2)
 *       return %2, %3
 *     }, carried=1, rows=1, length=3, reverse=false}
 *   return %2, %3, %4, %5
 * }
 * after:
 * graph(%0: f32[2], %1: f32[3,2]) {
 *   %2: f32[2], %3: f32[3,2], %4: f32[3,2] = scan(%0, %1) {body=graph(%0: f32[2], %1: f32[2]) {
 *       %2: f32[2] = add(%0, %1)
 *       %3: f32[2] = exp(%2)
 *       return %2, %1, %3
 *     }, carried=1, rows=1, length=3, reverse=false}
 *   return %2, %3, %2, %4
 * }
 * }</pre>
 */
final class MergeScans implements Pass {
    private record Loop(List<Value> inputs, int carried, int rows, int length, boolean reverse) {}

    private record Expression(Primitive primitive, List<Value> inputs) {}

    @Override
    public String name() {
        return "merge-scans";
    }

    @Override
    public Graph run(Graph graph) {
        var first = new HashMap<Loop, Merged>();
        var merged = new HashMap<Node, Merged>();
        for (var node : graph.nodes()) {
            if (node.primitive() instanceof Scan scan) {
                var loop =
                        new Loop(
                                node.inputs(),
                                scan.carried(),
                                scan.rows(),
                                scan.length(),
                                scan.reverse());
                var earlier = first.computeIfAbsent(loop, key -> new Merged(scan));
                if (earlier.takes(scan)) {
                    merged.put(node, earlier);
                }
            }
        }
        merged.values().removeIf(loop -> loop.count < 2);
        return merged.isEmpty()
                ? graph
                : Rewriter.rewrite(
                        graph,
                        (node, inputs, into) -> {
                            var loop = merged.get(node);
                            return loop == null ? null : loop.outputs(node, inputs, into);
                        });
    }

    /** Scans as one. */
    private static final class Merged {
        private final Scan scan;
        private final Graph.Builder body = new Graph.Builder();
        private final List<Value> inputs = new ArrayList<>();
        private final Map<Expression, List<Value>> known = new HashMap<>();

        /** What the merged body returns: carried values, then what is stacked. */
        private final List<Value> returned = new ArrayList<>();

        private final Map<Graph, List<Value>> returnedOf = new HashMap<>();
        private List<Value> results = List.of();
        int count;

        Merged(Scan scan) {
            this.scan = scan;
            for (var input : scan.body().inputs()) {
                inputs.add(body.input(input.type()));
            }
        }

        /** Takes a scan of the same inputs in if it carries the same values. */
        boolean takes(Scan other) {
            var outputs = copy(other.body());
            int carried = scan.carried();
            if (count == 0) {
                returned.addAll(outputs.subList(0, carried));
            } else if (!returned.subList(0, carried).equals(outputs.subList(0, carried))) {
                return false;
            }
            for (var output : outputs.subList(carried, outputs.size())) {
                if (!returned.subList(carried, returned.size()).contains(output)) {
                    returned.add(output);
                }
            }
            returnedOf.put(other.body(), outputs);
            count++;
            return true;
        }

        /** The outputs of a body in the merged one, where equal expressions are one. */
        private List<Value> copy(Graph graph) {
            var copies = new HashMap<Value, Value>();
            for (int i = 0; i < inputs.size(); i++) {
                copies.put(graph.inputs().get(i), inputs.get(i));
            }
            for (var node : graph.nodes()) {
                var arguments = node.inputs().stream().map(copies::get).toList();
                var outputs =
                        known.computeIfAbsent(
                                new Expression(node.primitive(), arguments),
                                key -> body.node(node.primitive(), arguments, node.place()));
                for (int i = 0; i < outputs.size(); i++) {
                    copies.put(node.outputs().get(i), outputs.get(i));
                }
            }
            return graph.outputs().stream().map(copies::get).toList();
        }

        List<Value> outputs(Node node, List<Value> arguments, Rewriter into) {
            int carried = scan.carried();
            if (results.isEmpty()) {
                var whole =
                        new Scan(
                                body.build(returned),
                                carried,
                                scan.rows(),
                                scan.length(),
                                scan.reverse());
                results = into.nodes(whole, node.place(), arguments);
            }
            var own = new ArrayList<>(results.subList(0, carried));
            var outputs = returnedOf.getOrDefault(((Scan) node.primitive()).body(), List.of());
            for (var output : outputs.subList(carried, outputs.size())) {
                int at = returned.subList(carried, returned.size()).indexOf(output);
                own.add(results.get(carried + at));
            }
            return own;
        }
    }
}
