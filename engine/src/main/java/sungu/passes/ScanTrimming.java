package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Broadcast;
import sungu.primitive.Scan;
import sungu.tensor.Shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes out of a scan what it need not do: results that nobody reads, inputs that the body does not
 * read or that it is given twice, carried values that never change, stacked results that are a row
 * or the same in each round; small constants move in. Every bit stays.
 *
 * <pre>{@code
 * before:
 * graph(%0: f32[2], %1: f32[2], %2: f32[5,2], %3: f32[5]) {
 *   %4: f32[2], %5: f32[2], %6: f32[5,2], %7: f32[5,2] = scan(%0, %1, %2, %3) {body=graph(%0: f32[2], %1: f32[2], %2: f32[2], %3: f32[]) {
 *       %4: f32[2] = add(%0, %1)
 *       %5: f32[2] = exp(%0)
 *       return %4, %1, %2, %5
 *     }, carried=2, rows=2, length=5, reverse=false}
 *   return %4, %6
 * }
 * after:
 * graph(%0: f32[2], %1: f32[2], %2: f32[5,2], %3: f32[5]) {
 *   %4: f32[2] = scan(%0, %1) {body=graph(%0: f32[2], %1: f32[2]) {
 *       %2: f32[2] = add(%0, %1)
 *       return %2
 *     }, carried=1, rows=0, length=5, reverse=false}
 *   return %4, %2
 * }
 * }</pre>
 */
final class ScanTrimming implements Pass {
    /** Constants of up to this many elements move into the body. */
    private static final int SMALL = 16;

    @Override
    public String name() {
        return "scan-trimming";
    }

    @Override
    public Graph run(Graph graph) {
        var uses = new Uses(graph);
        return Rewriter.rewrite(
                graph,
                (node, inputs, into) ->
                        node.primitive() instanceof Scan scan
                                ? trimmed(node, scan, inputs, uses, into)
                                : null);
    }

    private static @Nullable List<Value> trimmed(
            Node node, Scan scan, List<Value> in, Uses uses, Rewriter into) {
        var loop = new Loop(node, scan, in);
        int carried = scan.carried();
        var results = new Value[node.outputs().size()];
        boolean changed = false;

        // Carried values that stay as they are, and those that end as an earlier one does.
        var read = new Uses(scan.body());
        var twins = new int[carried];
        var wanted = new boolean[carried];
        for (int i = carried - 1; i >= 0; i--) {
            var value = loop.next.get(i);
            wanted[i] |= uses.any(node.outputs().get(i));
            twins[i] =
                    scan.length() > 0 && !read.any(loop.carries.get(i))
                            ? loop.next.subList(0, i).indexOf(value)
                            : -1;
            if (twins[i] >= 0) {
                wanted[twins[i]] |= wanted[i];
            } else if (value == loop.carries.get(i)) {
                results[i] = loop.carriesOf.get(i);
                loop.stays.add(loop.carries.get(i));
                loop.staysOf.add(loop.carriesOf.get(i));
            } else {
                continue;
            }
            loop.carries.remove(i);
            loop.carriesOf.remove(i);
            loop.next.remove(i);
            changed = true;
        }
        changed |= shareInputs(loop.rows, loop.rowsOf, loop);
        changed |= shareInputs(loop.stays, loop.staysOf, loop);
        changed |= rowsThatStay(loop);
        changed |= takeConstantsIn(loop);

        // Which stacked result becomes which, or what it is instead.
        var kept = new HashMap<Value, Integer>();
        var stacked = new ArrayList<Value>();
        var places = new Integer[results.length];
        for (int i = carried; i < results.length; i++) {
            var inner = scan.body().outputs().get(i);
            if (!uses.any(node.outputs().get(i))) {
                continue;
            }
            var instead = instead(inner, loop, into, node);
            if (instead != null) {
                results[i] = instead;
                continue;
            }
            var earlier = kept.putIfAbsent(inner, stacked.size());
            places[i] = earlier == null ? stacked.size() : earlier;
            if (earlier == null) {
                stacked.add(inner);
            }
        }
        changed |= stacked.size() < loop.stacked.size();
        loop.stacked.clear();
        loop.stacked.addAll(stacked);

        var order = new ArrayList<Integer>();
        for (int i = 0; i < carried; i++) {
            if (results[i] == null && twins[i] < 0) {
                order.add(i);
            }
        }
        var needed = needed(loop, order, wanted);
        for (int k = order.size() - 1; k >= 0; k--) {
            if (!needed.contains(loop.carries.get(k)) && !wanted[order.get(k)]) {
                loop.carries.remove(k);
                loop.carriesOf.remove(k);
                loop.next.remove(k);
                order.remove(/* index */ k);
                changed = true;
            }
        }
        changed |= dropInputs(loop.rows, loop.rowsOf, needed);
        changed |= dropInputs(loop.stays, loop.staysOf, needed);
        if (!changed) {
            return null;
        }
        var outputs =
                loop.next.isEmpty() && loop.stacked.isEmpty()
                        ? List.<Value>of()
                        : loop.build(
                                inner -> inner.outputs().stream().noneMatch(needed::contains),
                                into);
        for (int k = 0; k < order.size(); k++) {
            results[order.get(k)] = outputs.get(k);
        }
        for (int i = 0; i < results.length; i++) {
            if (i < carried && twins[i] >= 0) {
                results[i] = results[twins[i]];
            } else if (places[i] != null) {
                results[i] = outputs.get(order.size() + places[i]);
            } else if (results[i] == null) {
                // Nobody reads it.
                results[i] = node.outputs().get(i);
            }
        }
        return List.of(results);
    }

    /** Of inputs that are given the same value, the first stands for all. */
    private static boolean shareInputs(List<Value> inner, List<Value> outer, Loop loop) {
        var known = new HashMap<Value, Value>();
        boolean changed = false;
        for (int i = 0; i < inner.size(); i++) {
            var earlier = known.putIfAbsent(outer.get(i), inner.get(i));
            if (earlier != null) {
                loop.replace(inner.remove(i), earlier);
                outer.remove(i--);
                changed = true;
            }
        }
        return changed;
    }

    /** Rows that are all the same are given once. */
    private static boolean rowsThatStay(Loop loop) {
        boolean changed = false;
        for (int i = loop.rows.size() - 1; i >= 0; i--) {
            var outer = loop.rowsOf.get(i);
            var source = MovementSinking.moved(outer, Broadcast.class);
            var row = loop.rows.get(i);
            if (source == null || source.type().shape().rank() > row.type().shape().rank()) {
                continue;
            }
            var known = Rewriter.known(source);
            var stay =
                    known == null || known.size() > SMALL
                            ? loop.stay(source)
                            : loop.body.constant(known);
            loop.replace(
                    row,
                    loop.body.node(new Broadcast(row.type().shape()), List.of(stay), "").get(0));
            loop.rows.remove(i);
            loop.rowsOf.remove(i);
            changed = true;
        }
        return changed;
    }

    private static boolean takeConstantsIn(Loop loop) {
        boolean changed = false;
        for (int i = loop.stays.size() - 1; i >= 0; i--) {
            var value = Rewriter.known(loop.staysOf.get(i));
            if (value != null && value.size() <= SMALL) {
                loop.replace(loop.stays.remove(i), loop.body.constant(value));
                loop.staysOf.remove(i);
                changed = true;
            }
        }
        return changed;
    }

    /** What a stacked result is without the loop; null if it takes the loop. */
    private static @Nullable Value instead(Value inner, Loop loop, Rewriter into, Node node) {
        var value = loop.copies.getOrDefault(inner, inner);
        int row = loop.rows.indexOf(value);
        if (row >= 0) {
            return loop.rowsOf.get(row);
        }
        int stay = loop.stays.indexOf(value);
        var constant = Rewriter.known(value);
        if (stay < 0 && constant == null) {
            return null;
        }
        var outer = constant == null ? loop.staysOf.get(stay) : into.constant(constant);
        var all = Shape.of(loop.scan.length()).concat(outer.type().shape());
        return into.node(new Broadcast(all), node.place(), outer);
    }

    /** The values of the body that something that is read depends on. */
    private static Set<Value> needed(Loop loop, List<Integer> order, boolean[] wanted) {
        var needed = new HashSet<Value>();
        loop.stacked.forEach(value -> need(value, loop, needed));
        for (int k = 0; k < order.size(); k++) {
            if (wanted[order.get(k)]) {
                need(loop.next.get(k), loop, needed);
            }
        }
        int before = -1;
        while (needed.size() != before) {
            before = needed.size();
            for (var inner : loop.scan.body().nodes().reversed()) {
                if (inner.outputs().stream().anyMatch(needed::contains)) {
                    inner.inputs().forEach(value -> need(value, loop, needed));
                }
            }
            for (int k = 0; k < loop.carries.size(); k++) {
                if (needed.contains(loop.carries.get(k))) {
                    need(loop.next.get(k), loop, needed);
                }
            }
        }
        return needed;
    }

    private static void need(Value value, Loop loop, Set<Value> needed) {
        needed.add(value);
        var copy = loop.copies.get(value);
        if (copy != null) {
            needed.add(copy);
            if (copy.node() != null) {
                needed.addAll(copy.node().inputs());
            }
        }
    }

    private static boolean dropInputs(List<Value> inner, List<Value> outer, Set<Value> needed) {
        boolean changed = false;
        for (int i = inner.size() - 1; i >= 0; i--) {
            if (!needed.contains(inner.get(i))) {
                inner.remove(i);
                outer.remove(i);
                changed = true;
            }
        }
        return changed;
    }
}
