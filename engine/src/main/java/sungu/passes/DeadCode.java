package sungu.passes;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;

import java.util.HashSet;
import java.util.Set;

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
            if (isNeeded(node, needed)) {
                needed.addAll(node.inputs());
            }
        }
        return Rewriter.without(graph, node -> !isNeeded(node, needed));
    }

    private static boolean isNeeded(Node node, Set<Value> needed) {
        for (var output : node.outputs()) {
            if (needed.contains(output)) {
                return true;
            }
        }
        return false;
    }
}
