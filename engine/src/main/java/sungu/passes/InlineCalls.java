package sungu.passes;

import sungu.graph.Graph;
import sungu.primitive.Call;

/**
 * Puts the nodes of a called graph in the place of the call. The gradient of a call computes the
 * graph again: once both are inlined, common sub-expressions find what they share.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[2]) {
 *   %1: f32[2] = call(%0) {graph=graph(%0: f32[2]) {
 *       %1: f32[2] = exp(%0)
 *       return %1
 *     }, pullback=null}
 *   %2: f32[2] = add(%1, %0)
 *   return %2
 * }
 * after:
 * graph(%0: f32[2]) {
 *   %1: f32[2] = exp(%0)
 *   %2: f32[2] = add(%1, %0)
 *   return %2
 * }
 * }</pre>
 */
final class InlineCalls implements Pass {
    @Override
    public String name() {
        return "inline-calls";
    }

    @Override
    public Graph run(Graph graph) {
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) ->
                        node.primitive() instanceof Call call
                                ? into.inline(call.graph(), inputs, node.place())
                                : null);
    }
}
