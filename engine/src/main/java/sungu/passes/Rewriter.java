package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Call;
import sungu.primitive.Literal;
import sungu.primitive.Primitive;
import sungu.tensor.HostTensor;
import sungu.tensor.TensorType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Copies a graph node by node, each kept or replaced by what a rule says. Inputs and their order
 * stay.
 */
final class Rewriter {
    /** What becomes of a node. */
    interface Rule {
        /**
         * The values that replace the outputs of a node; null keeps the node.
         *
         * @param inputs the inputs of the node in the new graph
         */
        @Nullable List<Value> replace(Node node, List<Value> inputs, Rewriter into);
    }

    private final Graph.Builder builder;
    private final Map<Value, Value> copies = new HashMap<>();
    private @Nullable List<Value> kept;
    private boolean changed;

    private Rewriter(Graph graph) {
        builder = new Graph.Builder(graph);
    }

    /**
     * Rewrites a graph; returns the same object when the rule replaced nothing. Nodes that nothing
     * changes for are shared.
     */
    static Graph rewrite(Graph graph, Rule rule) {
        var rewriter = new Rewriter(graph);
        for (var node : graph.nodes()) {
            var inputs = rewriter.copied(node.inputs());
            rewriter.kept = null;
            var replaced = rule.replace(node, inputs, rewriter);
            if (replaced == null) {
                replaced = rewriter.keep(node, inputs);
            } else if (replaced != rewriter.kept) {
                rewriter.changed = true;
            }
            if (replaced != node.outputs()) {
                for (int i = 0; i < replaced.size(); i++) {
                    rewriter.copies.put(node.outputs().get(i), replaced.get(i));
                }
            }
        }
        return rewriter.changed ? rewriter.builder.build(rewriter.copied(graph.outputs())) : graph;
    }

    /** Drops nodes whose outputs nothing else reads. */
    static Graph without(Graph graph, Predicate<Node> dropped) {
        var builder = new Graph.Builder(graph);
        boolean all = true;
        for (var node : graph.nodes()) {
            if (dropped.test(node)) {
                all = false;
            } else {
                builder.share(node);
            }
        }
        return all ? graph : builder.build(graph.outputs());
    }

    /** What stands for an earlier value in the new graph. */
    Value copy(Value value) {
        return copies.getOrDefault(value, value);
    }

    private List<Value> copied(List<Value> values) {
        return mapped(values, copies);
    }

    /** The values that stand for these; the same list if all are the same. */
    static List<Value> mapped(List<Value> values, Map<Value, Value> copies) {
        if (copies.isEmpty()) {
            return values;
        }
        Value[] changedTo = null;
        for (int i = 0; i < values.size(); i++) {
            var copy = copies.get(values.get(i));
            if (copy != null) {
                changedTo = changedTo == null ? values.toArray(Value[]::new) : changedTo;
                changedTo[i] = copy;
            }
        }
        return changedTo == null ? values : List.of(changedTo);
    }

    /** The node as it is, in the new graph. */
    List<Value> keep(Node node, List<Value> inputs) {
        List<Value> same;
        if (inputs == node.inputs()) {
            builder.share(node);
            same = node.outputs();
        } else {
            same = builder.like(node, inputs);
        }
        kept = same;
        return same;
    }

    /** A new node with one output. */
    Value node(Primitive primitive, String place, Value... inputs) {
        return builder.node(primitive, List.of(inputs), place).get(0);
    }

    /** A new node with any number of outputs. */
    List<Value> nodes(Primitive primitive, String place, List<Value> inputs) {
        return builder.node(primitive, inputs, place);
    }

    /** The nodes of a graph, applied to values; calls in it are opened, too. */
    List<Value> inline(Graph graph, List<Value> arguments, String place) {
        var values = new HashMap<Value, Value>();
        for (int i = 0; i < arguments.size(); i++) {
            values.put(graph.inputs().get(i), arguments.get(i));
        }
        for (var node : graph.nodes()) {
            var inputs = node.inputs().stream().map(values::get).toList();
            var where = node.place().isEmpty() ? place : node.place();
            var outputs =
                    node.primitive() instanceof Call call
                            ? inline(call.graph(), inputs, where)
                            : builder.node(node.primitive(), inputs, where);
            for (int i = 0; i < outputs.size(); i++) {
                values.put(node.outputs().get(i), outputs.get(i));
            }
        }
        return graph.outputs().stream().map(values::get).toList();
    }

    /** A new input, after all others. */
    Value input(TensorType type) {
        changed = true;
        return builder.input(type);
    }

    /** A new constant. */
    Value constant(HostTensor value) {
        return builder.constant(value);
    }

    /** The tensor that a value stands for if a constant node computes it; else null. */
    static @Nullable HostTensor known(Value value) {
        var node = value.node();
        return node != null && node.primitive() instanceof Literal constant
                ? constant.value()
                : null;
    }
}
