package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Literal;
import sungu.primitive.Pointwise;
import sungu.primitive.Primitive;
import sungu.tensor.DType;

import java.util.HashMap;
import java.util.List;

/**
 * Computes equal expressions once: nodes with equal primitives and the same inputs become one.
 * Random primitives take part, for they compute from a key: equal keys mean equal bits. The
 * operands of a sum or a product may stand in either order.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[2], %1: f32[2]) {
 *   %2: f32[2] = exp(%0)
 *   %3: f32[2] = exp(%0)
 *   %4: f32[2] = multiply(%1, %2)
 *   %5: f32[2] = multiply(%3, %1)
 *   %6: f32[2] = subtract(%4, %5)
 *   return %6
 * }
 * after:
 * graph(%0: f32[2], %1: f32[2]) {
 *   %2: f32[2] = exp(%0)
 *   %3: f32[2] = multiply(%1, %2)
 *   %4: f32[2] = subtract(%3, %3)
 *   return %4
 * }
 * }</pre>
 */
final class CommonSubexpressions implements Pass {
    private record Expression(Primitive primitive, List<Value> inputs) {
        /** Of the label where that will do: hashes of many sorts of records take time at first. */
        @Override
        public int hashCode() {
            int hash =
                    primitive instanceof Literal
                            ? primitive.hashCode()
                            : primitive.label().hashCode();
            for (var input : inputs) {
                hash = hash * 31 + input.id();
            }
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Expression expression
                    && inputs.equals(expression.inputs)
                    && primitive.equals(expression.primitive);
        }
    }

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
                    boolean turns = isCommutative(node) && inputs.get(0).id() > inputs.get(1).id();
                    var operands = turns ? List.of(inputs.get(1), inputs.get(0)) : inputs;
                    var expression = new Expression(node.primitive(), operands);
                    var earlier = known.get(expression);
                    if (earlier == null) {
                        earlier = into.keep(node, inputs);
                        known.put(expression, earlier);
                    }
                    return earlier;
                });
    }

    private static boolean isCommutative(Node node) {
        return node.primitive() instanceof Pointwise op
                && switch (op) {
                    case ADD -> node.outputs().get(0).type().dtype() != DType.STRING;
                    case MULTIPLY, MINIMUM, MAXIMUM, AND, OR, XOR, EQUAL, NOT_EQUAL -> true;
                    default -> false;
                };
    }
}
