package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Broadcast;
import sungu.primitive.Elementwise;
import sungu.primitive.Movement;
import sungu.primitive.Reshaping;
import sungu.primitive.Transpose;
import sungu.tensor.Ints;
import sungu.tensor.Shape;

import java.util.List;
import java.util.Objects;

/**
 * Moves broadcasts, reshapes and transposes from before an elementwise node to after it, where all
 * its operands agree on them: what is computed of a row stays a row as long as it can, and
 * movements come to stand where they cancel or where a contraction or a reduction takes them. Every
 * bit stays.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[8,4,3], %1: f32[3], %2: f32[3], %3: f32[32,3]) {
 *   %4: f32[8,4,3] = broadcast(%1) {shape=[8,4,3]}
 *   %5: f32[8,4,3] = broadcast(%2) {shape=[8,4,3]}
 *   %6: f32[8,4,3] = multiply(%4, %5)
 *   %7: f32[8,4,3] = reshape(%3) {shape=[8,4,3]}
 *   %8: f32[8,4,3] = add(%7, %6)
 *   %9: f32[8,4,3] = add(%8, %0)
 *   return %9
 * }
 * after, with dead code dropped:
 * graph(%0: f32[8,4,3], %1: f32[3], %2: f32[3], %3: f32[32,3]) {
 *   %4: f32[3] = multiply(%1, %2)
 *   %5: f32[32,3] = broadcast(%4) {shape=[32,3]}
 *   %6: f32[32,3] = add(%3, %5)
 *   %7: f32[8,4,3] = reshape(%6) {shape=[8,4,3]}
 *   %8: f32[8,4,3] = add(%7, %0)
 *   return %8
 * }
 * }</pre>
 */
final class MovementSinking implements Pass {
    @Override
    public String name() {
        return "movement-sinking";
    }

    @Override
    public Graph run(Graph graph) {
        var uses = new Uses(graph);
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) -> {
                    if (!(node.primitive() instanceof Elementwise op)
                            || node.outputs().get(0).type().shape().rank() == 0) {
                        return null;
                    }
                    var shape = node.outputs().get(0).type().shape();
                    var value = broadcasts(node, op, inputs, shape, into);
                    if (value == null) {
                        value = reshapes(node, op, inputs, shape, into);
                    }
                    if (value == null) {
                        value = transposes(node, op, inputs, uses, into);
                    }
                    return value == null ? null : List.of(value);
                });
    }

    /** Of operands that are all stretched from one shape. */
    private static @Nullable Value broadcasts(
            Node node, Elementwise op, List<Value> in, Shape shape, Rewriter into) {
        var arguments = new Value[in.size()];
        var from = Shape.SCALAR;
        for (int i = 0; i < arguments.length; i++) {
            var x = in.get(i);
            if (x.type().shape().rank() > 0) {
                var source = moved(x, Broadcast.class);
                if (source == null) {
                    return null;
                }
                x = source;
            }
            arguments[i] = x;
            if (x.type().shape().rank() > 0) {
                if (from.rank() > 0 && !from.equals(x.type().shape())) {
                    return null;
                }
                from = x.type().shape();
            }
        }
        return into.node(
                new Broadcast(shape), node.place(), into.node(op, node.place(), arguments));
    }

    /** Of operands that are all reshaped from one shape, or stretched along with them. */
    private static @Nullable Value reshapes(
            Node node, Elementwise op, List<Value> in, Shape shape, Rewriter into) {
        Shape from = null;
        for (var x : in) {
            // Scalars are stretched by the operation itself, whatever they were before.
            var source = x.type().shape().rank() == 0 ? null : moved(x, Reshaping.class);
            if (source != null && from == null) {
                from = source.type().shape();
            }
        }
        if (from == null || from.rank() == 0) {
            return null;
        }
        var small = new Value[in.size()];
        for (int i = 0; i < small.length; i++) {
            var x = in.get(i);
            var reshaped = moved(x, Reshaping.class);
            var stretched = moved(x, Broadcast.class);
            if (x.type().shape().rank() == 0) {
                small[i] = x;
            } else if (reshaped != null && reshaped.type().shape().equals(from)) {
                small[i] = reshaped;
            } else if (!(stretched != null && keepsRows(stretched.type().shape(), from, shape))
                    && Rewriter.known(x) == null) {
                return null;
            }
        }
        for (int i = 0; i < small.length; i++) {
            if (small[i] == null) {
                var stretched = moved(in.get(i), Broadcast.class);
                small[i] =
                        stretched == null
                                ? into.node(new Reshaping(from), node.place(), in.get(i))
                                : into.node(new Broadcast(from), node.place(), stretched);
            }
        }
        return into.node(new Reshaping(shape), node.place(), into.node(op, node.place(), small));
    }

    /** Whether rows of this shape lie in both shapes in the same way. */
    private static boolean keepsRows(Shape row, Shape a, Shape b) {
        int rank = row.rank();
        return rank <= a.rank()
                && rank <= b.rank()
                && a.slice(a.rank() - rank, a.rank()).equals(b.slice(b.rank() - rank, b.rank()));
    }

    /** Of operands that are all transposed in the same way, and not read otherwise. */
    private static @Nullable Value transposes(
            Node node, Elementwise op, List<Value> in, Uses uses, Rewriter into) {
        Ints order = null;
        var arguments = in.toArray(Value[]::new);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].type().shape().rank() == 0) {
                continue;
            }
            var source = moved(arguments[i], Transpose.class);
            if (source == null || !uses.single(node.inputs().get(i))) {
                return null;
            }
            var own = ((Transpose) Objects.requireNonNull(arguments[i].node()).primitive()).order();
            if (order != null && !order.equals(own)) {
                return null;
            }
            order = own;
            arguments[i] = source;
        }
        return order == null
                ? null
                : into.node(
                        new Transpose(order), node.place(), into.node(op, node.place(), arguments));
    }

    /** What a movement of this kind has moved to make a value; null if none has. */
    static @Nullable Value moved(Value value, Class<? extends Movement> kind) {
        var node = value.node();
        return node != null && kind.isInstance(node.primitive()) ? node.inputs().get(0) : null;
    }
}
