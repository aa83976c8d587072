package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Cast;
import sungu.primitive.Contraction;
import sungu.primitive.Control;
import sungu.primitive.Literal;
import sungu.primitive.Opaque;
import sungu.primitive.Pointwise;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes cheap values again where they are read late, instead of keeping them: masks, casts, sums
 * and products. It is done when keeping takes more memory for longer: the bytes of the value times
 * the nodes from its first reader to the late one, against those of its operands times the nodes
 * that they have to live on. A mask {@code x > c} beside {@code max(x, c)} is computed from that
 * maximum, which the backward pass needs anyway.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[9,9], %1: f32[9,9]) {
 *   %2: f32[] = constant() {value=f32[](0.0)}
 *   %3: f32[9,9] = dot_general(%0, %1) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[0]}
 *   %4: bool[9,9] = greater(%3, %2)
 *   %5: f32[9,9] = maximum(%3, %2)
 *   %6: f32[9,9] = select(%4, %0, %2)
 *   %7: f32[9,9] = dot_general(%6, %5) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[0]}
 *   %8: f32[9,9] = select(%4, %7, %2)
 *   %9: f32[9,9] = add(%8, %5)
 *   return %9
 * }
 * after, with dead code dropped:
 * graph(%0: f32[9,9], %1: f32[9,9]) {
 *   %2: f32[] = constant() {value=f32[](0.0)}
 *   %3: f32[9,9] = dot_general(%0, %1) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[0]}
 *   %4: bool[9,9] = greater(%3, %2)
 *   %5: f32[9,9] = maximum(%3, %2)
 *   %6: f32[9,9] = select(%4, %0, %2)
 *   %7: f32[9,9] = dot_general(%6, %5) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[0]}
 *   %8: bool[9,9] = greater(%5, %2)
 *   %9: f32[9,9] = select(%8, %7, %2)
 *   %10: f32[9,9] = add(%9, %5)
 *   return %10
 * }
 * }</pre>
 */
final class Recomputation implements Pass {
    private static final Set<Pointwise> CHEAP =
            EnumSet.of(
                    Pointwise.ADD,
                    Pointwise.SUBTRACT,
                    Pointwise.MULTIPLY,
                    Pointwise.NEGATE,
                    Pointwise.MAXIMUM,
                    Pointwise.MINIMUM,
                    Pointwise.EQUAL,
                    Pointwise.NOT_EQUAL,
                    Pointwise.LESS,
                    Pointwise.LESS_EQUAL,
                    Pointwise.GREATER,
                    Pointwise.GREATER_EQUAL,
                    Pointwise.SELECT);

    @Override
    public String name() {
        return "recomputation";
    }

    @Override
    public Graph run(Graph graph) {
        var lives = new Lives(graph);
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) -> {
                    Value[] changed = null;
                    for (int i = 0; i < inputs.size(); i++) {
                        var again = again(node, node.inputs().get(i), lives, into);
                        if (again != null) {
                            changed = changed == null ? inputs.toArray(Value[]::new) : changed;
                            changed[i] = again;
                        }
                    }
                    return changed == null
                            ? null
                            : into.nodes(node.primitive(), node.place(), List.of(changed));
                });
    }

    /** A value computed anew for a late reader; null if it had better be kept. */
    private static @Nullable Value again(Node reader, Value value, Lives lives, Rewriter into) {
        var node = value.node();
        if (node == null || !isCheap(node) || !lives.late(value, reader)) {
            return null;
        }
        var operands = node.inputs().toArray(Value[]::new);
        var maximum = lives.maximum(node);
        if (maximum != null) {
            operands[0] = maximum;
        }
        return lives.pays(value, reader, operands)
                ? into.node(node.primitive(), node.place(), copied(operands, into))
                : null;
    }

    private static boolean isCheap(Node node) {
        return node.primitive() instanceof Cast
                || node.primitive() instanceof Pointwise op && CHEAP.contains(op);
    }

    private static Value[] copied(Value[] values, Rewriter into) {
        var copies = values.clone();
        for (int i = 0; i < copies.length; i++) {
            copies[i] = into.copy(copies[i]);
        }
        return copies;
    }

    /** When values are read. */
    private static final class Lives {
        private final Map<Node, Integer> order = new HashMap<>();

        /** Per node how many nodes before it end a fused loop. */
        private final Map<Node, Integer> breaks = new HashMap<>();

        private final Map<Value, Node> firstRead = new HashMap<>();
        private final Map<Value, Integer> lastRead = new HashMap<>();
        private final Map<List<Value>, Value> maxima = new HashMap<>();
        private final Set<Value> leaving;

        Lives(Graph graph) {
            leaving = new HashSet<>(graph.outputs());
            int broken = 0;
            for (var node : graph.nodes()) {
                int at = order.size();
                order.put(node, at);
                breaks.put(node, broken);
                if (node.primitive() instanceof Contraction
                        || node.primitive() instanceof Opaque
                        || node.primitive() instanceof Control) {
                    broken++;
                }
                for (var input : node.inputs()) {
                    firstRead.putIfAbsent(input, node);
                    lastRead.put(input, at);
                }
                if (node.primitive() == Pointwise.MAXIMUM) {
                    maxima.put(node.inputs(), node.outputs().get(0));
                }
            }
        }

        private int at(Node node) {
            return order.getOrDefault(node, 0);
        }

        /** Whether a value that does not leave is read in an earlier loop than by this node. */
        boolean late(Value value, Node reader) {
            var first = firstRead.getOrDefault(value, reader);
            return !leaving.contains(value)
                    && breaks.getOrDefault(first, 0) < breaks.getOrDefault(reader, 0);
        }

        /** The maximum of what a {@code greater} compares, which says the same; else null. */
        @Nullable Value maximum(Node node) {
            return node.primitive() == Pointwise.GREATER ? maxima.get(node.inputs()) : null;
        }

        boolean pays(Value value, Node reader, Value[] operands) {
            int end = at(reader);
            long kept = bytes(value) * (end - at(firstRead.getOrDefault(value, reader)));
            long more = 0;
            for (var operand : operands) {
                var node = operand.node();
                boolean there =
                        node == null
                                || node.primitive() instanceof Literal
                                || leaving.contains(operand);
                if (!there) {
                    more += bytes(operand) * Math.max(0, end - lastRead.getOrDefault(operand, 0));
                }
            }
            return more < kept;
        }

        private static long bytes(Value value) {
            return (long) value.type().size() * value.type().dtype().bytes();
        }
    }
}
