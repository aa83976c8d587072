package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Broadcast;
import sungu.primitive.Contraction;
import sungu.primitive.Elementwise;
import sungu.primitive.Movement;
import sungu.primitive.Reduction;
import sungu.primitive.Reshaping;
import sungu.primitive.Scan;
import sungu.primitive.Source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Computes before a scan what does not depend on what it carries: what is the same in each round
 * once, and contractions that read rows, with what leads to them and follows from them, for all
 * rows at once - the input projection of a recurrent layer becomes one large product. Sums of
 * products may be added up in another order: floats agree within n * eps * sum |x y|.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[4,3], %1: f32[9,4,2], %2: f32[2,3], %3: f32[3]) {
 *   %4: f32[4,3] = scan(%0, %1, %2, %3) {body=graph(%0: f32[4,3], %1: f32[4,2], %2: f32[2,3], %3: f32[3]) {
 *       %4: f32[3] = exp(%3)
 *       %5: f32[4,3] = broadcast(%4) {shape=[4,3]}
 *       %6: f32[4,3] = dot_general(%1, %2) {leftBatch=[], rightBatch=[], leftContract=[1], rightContract=[0]}
 *       %7: f32[4,3] = add(%6, %0)
 *       %8: f32[4,3] = multiply(%7, %5)
 *       return %8
 *     }, carried=1, rows=1, length=9, reverse=false}
 *   return %4
 * }
 * after, with dead code dropped:
 * graph(%0: f32[4,3], %1: f32[9,4,2], %2: f32[2,3], %3: f32[3]) {
 *   %4: f32[3] = exp(%3)
 *   %5: f32[9,4,3] = dot_general(%1, %2) {leftBatch=[], rightBatch=[], leftContract=[2], rightContract=[0]}
 *   %6: f32[4,3] = scan(%0, %1, %5, %2, %3, %4) {body=graph(%0: f32[4,3], %1: f32[4,2], %2: f32[4,3], %3: f32[2,3], %4: f32[3], %5: f32[3]) {
 *       %6: f32[4,3] = broadcast(%5) {shape=[4,3]}
 *       %7: f32[4,3] = add(%2, %0)
 *       %8: f32[4,3] = multiply(%7, %6)
 *       return %8
 *     }, carried=1, rows=2, length=9, reverse=false}
 *   return %6
 * }
 * }</pre>
 */
final class ScanHoisting implements Pass {
    /** What is stacked takes at most this many elements, or so many times the largest rows. */
    private static final long LARGE = 1 << 24;

    private static final int GROWTH = 8;

    @Override
    public String name() {
        return "scan-hoisting";
    }

    @Override
    public Graph run(Graph graph) {
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) ->
                        node.primitive() instanceof Scan scan && scan.length() > 0
                                ? hoisted(node, scan, inputs, into)
                                : null);
    }

    /** The values of a body that are the same in each round. */
    static Set<Value> fixed(Scan scan) {
        var inputs = scan.body().inputs();
        var fixed = new HashSet<>(inputs.subList(scan.carried() + scan.rows(), inputs.size()));
        for (var node : scan.body().nodes()) {
            if (fixed.containsAll(node.inputs())) {
                fixed.addAll(node.outputs());
            }
        }
        return fixed;
    }

    private static @Nullable List<Value> hoisted(
            Node node, Scan scan, List<Value> in, Rewriter into) {
        var nodes = scan.body().nodes();
        var fixed = fixed(scan);
        var once = new HashSet<Node>();
        for (var inner : nodes) {
            if (fixed.containsAll(inner.inputs()) && !isMadeWhereRead(inner)) {
                once.add(inner);
            }
        }
        var many = rowwise(scan, fixed);
        if (once.isEmpty() && many.isEmpty()) {
            return null;
        }
        var loop = new Loop(node, scan, in);
        var lifting = new Lifting(into, scan.length());
        for (int i = 0; i < loop.stays.size(); i++) {
            lifting.same(loop.stays.get(i), loop.staysOf.get(i));
        }
        for (int i = 0; i < loop.rows.size(); i++) {
            lifting.stacked(loop.rows.get(i), loop.rowsOf.get(i));
        }
        for (var inner : nodes) {
            if (once.contains(inner)) {
                lifting.repeat(inner);
            } else if (many.contains(inner)) {
                lifting.lift(inner);
            }
        }
        // What stays behind reads what was computed before.
        var read = new HashSet<Value>(loop.next);
        for (var inner : nodes) {
            if (!once.contains(inner) && !many.contains(inner)) {
                read.addAll(inner.inputs());
            }
        }
        var results = new ArrayList<Value>();
        var places = new ArrayList<Integer>();
        var stacked = List.copyOf(loop.stacked);
        loop.stacked.clear();
        for (var value : stacked) {
            boolean outside = many.contains(value.node());
            places.add(outside ? -1 : loop.stacked.size());
            results.add(outside ? lifting.stacked(value) : value);
            if (!outside) {
                loop.stacked.add(value);
                read.add(value);
            }
        }
        for (var inner : nodes) {
            for (var value : inner.outputs()) {
                if (read.contains(value) && once.contains(inner)) {
                    loop.copies.put(value, loop.stay(lifting.same(value)));
                } else if (read.contains(value) && many.contains(inner)) {
                    loop.copies.put(value, loop.row(lifting.stacked(value)));
                }
            }
        }
        var outputs = loop.build(inner -> once.contains(inner) || many.contains(inner), into);
        var all = new ArrayList<>(outputs.subList(0, scan.carried()));
        for (int i = 0; i < places.size(); i++) {
            all.add(
                    places.get(i) < 0
                            ? results.get(i)
                            : outputs.get(scan.carried() + places.get(i)));
        }
        return all;
    }

    /** What takes memory rather than time is made in the body, from what it is made of. */
    private static boolean isMadeWhereRead(Node node) {
        return node.primitive() instanceof Source && node.inputs().isEmpty()
                || node.primitive() instanceof Broadcast
                || node.primitive() instanceof Reshaping;
    }

    /** Contractions of rows, what leads to them, and what follows from them without growing. */
    private static Set<Node> rowwise(Scan scan, Set<Value> fixed) {
        var body = scan.body();
        var rows =
                new HashSet<>(body.inputs().subList(scan.carried(), scan.carried() + scan.rows()));
        long largest = LARGE / GROWTH / scan.length();
        for (var row : rows) {
            largest = Math.max(largest, row.type().size());
        }
        var liftable = new HashSet<Node>();
        for (var node : body.nodes()) {
            boolean any = false;
            boolean all = true;
            for (var input : node.inputs()) {
                any |= rows.contains(input);
                all &= rows.contains(input) || fixed.contains(input);
            }
            if (any
                    && all
                    && Lifting.lifts(node, rows::contains)
                    && node.outputs().get(0).type().size() <= GROWTH * largest) {
                liftable.add(node);
                rows.addAll(node.outputs());
            }
        }
        var chosen = new HashSet<Node>();
        var wanted = new HashSet<Value>();
        for (var node : body.nodes().reversed()) {
            if (liftable.contains(node)
                    && (node.primitive() instanceof Contraction
                            || wanted.contains(node.outputs().get(0)))) {
                chosen.add(node);
                wanted.addAll(node.inputs());
            }
        }
        for (var node : body.nodes()) {
            boolean follows =
                    liftable.contains(node)
                            && (node.primitive() instanceof Elementwise
                                    || node.primitive() instanceof Movement
                                    || node.primitive() instanceof Reduction);
            long from = 0;
            for (var input : node.inputs()) {
                if (chosen.contains(input.node())) {
                    from = Math.max(from, input.type().size());
                } else if (rows.contains(input) && input.node() != null) {
                    follows = false;
                }
            }
            if (follows && node.outputs().get(0).type().size() <= from) {
                chosen.add(node);
            }
        }
        return chosen;
    }
}
