package sungu.passes;

import sungu.graph.Graph;
import sungu.graph.Value;

import java.util.HashSet;

/**
 * Drops nodes that no output depends on. Inputs stay, used or not: they are the signature of the
 * graph.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[2], %1: f32[2]) {
 *   %2: f32[2] = exp(%1)
 *   %3: f32[2] = sin(%2)
 *   %4: f32[2] = add(%0, %0)
 *   return %4
 * }
 * after:
 * graph(%0: f32[2], %1: f32[2]) {
 *   %2: f32[2] = add(%0, %0)
 *   return %2
 * }
 * }</pre>
 */
final class DeadCode implements Pass {
    @Override
    public String name() {
        return "dead-code";
    }

    @Override
    public Graph run(Graph graph) {
        var needed = new HashSet<Value>(graph.outputs());
        for (var node : graph.nodes().reversed()) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.inputs());
            }
        }
        return Rewriter.without(graph, node -> node.outputs().stream().noneMatch(needed::contains));
    }
}
