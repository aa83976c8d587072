package sungu.passes;

import sungu.graph.Graph;
import sungu.graph.Value;
import sungu.primitive.Primitive;

import java.util.HashMap;
import java.util.List;

/**
 * Computes equal expressions once: nodes with equal primitives and the same inputs become one.
 * Random primitives take part, for they compute from a key: equal keys mean equal bits.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[2]) {
 *   %1: f32[2] = exp(%0)
 *   %2: f32[2] = exp(%0)
 *   %3: f32[2] = add(%1, %2)
 *   return %3
 * }
 * after:
 * graph(%0: f32[2]) {
 *   %1: f32[2] = exp(%0)
 *   %2: f32[2] = add(%1, %1)
 *   return %2
 * }
 * }</pre>
 */
final class CommonSubexpressions implements Pass {
    private record Expression(Primitive primitive, List<Value> inputs) {}

    @Override
    public String name() {
        return "common-subexpressions";
    }

    @Override
    public Graph run(Graph graph) {
        var known = new HashMap<Expression, List<Value>>();
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) -> {
                    var expression = new Expression(node.primitive(), inputs);
                    var earlier = known.get(expression);
                    if (earlier == null) {
                        earlier = into.keep(node, inputs);
                        known.put(expression, earlier);
                    }
                    return earlier;
                });
    }
}
