package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Broadcast;
import sungu.primitive.Control;
import sungu.primitive.Literal;
import sungu.primitive.Source;
import sungu.tensor.HostTensor;

import java.util.Arrays;
import java.util.List;

/**
 * Computes what depends on constants alone, when the result is small or not larger than what it is
 * made from. What is made of one number stays a broadcast of it, and becomes one.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[2]) {
 *   %1: f32[] = constant() {value=f32[](2.0)}
 *   %2: f32[] = constant() {value=f32[](3.0)}
 *   %3: f32[] = multiply(%1, %2)
 *   %4: f32[2] = multiply(%0, %3)
 *   return %4
 * }
 * after:
 * graph(%0: f32[2]) {
 *   %1: f32[] = constant() {value=f32[](2.0)}
 *   %2: f32[] = constant() {value=f32[](3.0)}
 *   %3: f32[] = constant() {value=f32[](6.0)}
 *   %4: f32[2] = multiply(%0, %3)
 *   return %4
 * }
 * }</pre>
 */
final class ConstantFolding implements Pass {
    /** Results of up to this many elements are always folded. */
    private static final int SMALL = 1024;

    /** Constants of up to this many elements are looked at for being all the same. */
    private static final int UNIFORM = 1 << 16;

    @Override
    public String name() {
        return "constant-folding";
    }

    @Override
    public Graph run(Graph graph) {
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) -> {
                    if (node.primitive() instanceof Literal literal) {
                        return stretched(literal.value(), into);
                    }
                    if (node.primitive() instanceof Broadcast
                            || node.primitive() instanceof Control) {
                        return null;
                    }
                    var known = known(inputs);
                    if (known == null || !small(node, inputs)) {
                        return null;
                    }
                    try {
                        return Arrays.stream(node.primitive().evaluate(known))
                                .map(into::constant)
                                .toList();
                    } catch (RuntimeException e) {
                        // Whatever is wrong with these values, such as an integer divided by zero,
                        // belongs to the run of the program.
                        return null;
                    }
                });
    }

    /** A constant of one number, as a broadcast. */
    private static @Nullable List<Value> stretched(HostTensor value, Rewriter into) {
        return value.rank() > 0 && value.size() > 0 && value.size() <= UNIFORM && value.isUniform()
                ? List.of(
                        into.node(
                                new Broadcast(value.shape()),
                                "",
                                into.constant(Simplification.first(value))))
                : null;
    }

    private static HostTensor @Nullable [] known(List<Value> inputs) {
        var known = new HostTensor[inputs.size()];
        for (int i = 0; i < known.length; i++) {
            var value = Rewriter.known(inputs.get(i));
            if (value == null) {
                return null;
            }
            known[i] = value;
        }
        return known;
    }

    private static boolean small(Node node, List<Value> inputs) {
        long made = node.outputs().stream().mapToLong(value -> value.type().size()).sum();
        long from = inputs.stream().mapToLong(value -> value.type().size()).sum();
        return made <= (node.primitive() instanceof Source ? 1 : Math.max(SMALL, from));
    }
}
