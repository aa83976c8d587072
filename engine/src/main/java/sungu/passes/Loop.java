package sungu.passes;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A scan that a pass is about to change: its inputs and outputs as lists to add to and take from,
 * each input of the body beside the value outside that it is given.
 */
final class Loop {
    final Scan scan;
    final List<Value> carries;
    final List<Value> rows;
    final List<Value> stays;

    /** The values outside. */
    final List<Value> carriesOf;

    final List<Value> rowsOf;
    final List<Value> staysOf;

    /** What the body returns, by its old values. */
    final List<Value> next;

    final List<Value> stacked;

    /** The new body; what is added before {@link #build} stands before the old nodes. */
    final Graph.Builder body;

    /** What old values of the body became. */
    final Map<Value, Value> copies = new HashMap<>();

    private final Node node;

    Loop(Node node, Scan scan, List<Value> in) {
        this.node = node;
        this.scan = scan;
        body = new Graph.Builder(scan.body());
        int c = scan.carried();
        int r = c + scan.rows();
        var inputs = scan.body().inputs();
        var outputs = scan.body().outputs();
        carries = new ArrayList<>(inputs.subList(0, c));
        rows = new ArrayList<>(inputs.subList(c, r));
        stays = new ArrayList<>(inputs.subList(r, inputs.size()));
        carriesOf = new ArrayList<>(in.subList(0, c));
        rowsOf = new ArrayList<>(in.subList(c, r));
        staysOf = new ArrayList<>(in.subList(r, in.size()));
        next = new ArrayList<>(outputs.subList(0, c));
        stacked = new ArrayList<>(outputs.subList(c, outputs.size()));
    }

    /** A new input of the body, a row of a value outside. */
    Value row(Value outside) {
        var type = outside.type();
        var row = body.input(type.with(type.shape().remove(0)));
        rows.add(row);
        rowsOf.add(outside);
        return row;
    }

    /** A new input of the body that stays. */
    Value stay(Value outside) {
        var stay = body.input(outside.type());
        stays.add(stay);
        staysOf.add(outside);
        return stay;
    }

    /** Another value of the new body stands for a value from now on. */
    void replace(Value old, Value by) {
        copies.replaceAll((from, to) -> to == old ? by : to);
        copies.put(old, by);
    }

    /** Adds the new scan, its body without dead code, to the graph outside; returns its outputs. */
    List<Value> build(Predicate<Node> dropped, Rewriter into) {
        for (var inner : scan.body().nodes()) {
            if (dropped.test(inner)) {
                continue;
            }
            var inputs = Rewriter.mapped(inner.inputs(), copies);
            if (inputs == inner.inputs()) {
                body.share(inner);
            } else {
                var outputs = body.like(inner, inputs);
                for (int i = 0; i < outputs.size(); i++) {
                    copies.put(inner.outputs().get(i), outputs.get(i));
                }
            }
        }
        var graph =
                body.build(
                        joined(carries, rows, stays),
                        Rewriter.mapped(joined(next, stacked), copies));
        return into.nodes(
                new Scan(
                        new DeadCode().run(graph),
                        carries.size(),
                        rows.size(),
                        scan.length(),
                        scan.reverse()),
                node.place(),
                joined(carriesOf, rowsOf, staysOf));
    }

    @SafeVarargs
    private static List<Value> joined(List<Value>... lists) {
        var all = new ArrayList<Value>();
        for (var list : lists) {
            all.addAll(list);
        }
        return all;
    }
}
