package sungu.graph;

import sungu.primitive.Control;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks what every graph must hold to: each value is defined once, before it is read; types are
 * those that the rules of the primitives give; outputs exist; the graphs inside control primitives
 * are right, too.
 */
public final class Verifier {
    /** Whether passes and the compiler check their results: {@code -Dsungu.verify=true}. */
    public static final boolean ON = Boolean.getBoolean("sungu.verify");

    private Verifier() {}

    /**
     * Checks a graph.
     *
     * @param source who made the graph, for the message
     * @return the graph
     * @throws IllegalStateException if the graph is wrong: that is a bug of its maker
     */
    public static Graph check(Graph graph, String source) {
        try {
            check(graph);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    source
                            + " made a wrong graph: "
                            + e.getMessage()
                            + "\n"
                            + GraphText.brief(graph),
                    e);
        }
        return graph;
    }

    private static void check(Graph graph) {
        var defined = new HashSet<Value>();
        for (var input : graph.inputs()) {
            define(defined, input, "the inputs");
        }
        for (var node : graph.nodes()) {
            var label = node.primitive().label();
            for (var input : node.inputs()) {
                if (!defined.contains(input)) {
                    throw new IllegalStateException(
                            label + " reads " + input + " before it is defined");
                }
            }
            TensorType[] types;
            try {
                types =
                        node.primitive()
                                .types(
                                        node.inputs().stream()
                                                .map(Value::type)
                                                .toArray(TensorType[]::new));
            } catch (TensorException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            var stated = node.outputs().stream().map(Value::type).toArray(TensorType[]::new);
            if (!Arrays.equals(types, stated)) {
                throw new IllegalStateException(
                        label
                                + " gives "
                                + Arrays.toString(types)
                                + ", its node says "
                                + Arrays.toString(stated));
            }
            for (int i = 0; i < node.outputs().size(); i++) {
                var output = node.outputs().get(i);
                define(defined, output, label);
                if (output.node() != node || output.index() != i) {
                    throw new IllegalStateException(
                            "output " + i + " of " + label + " does not know its node");
                }
            }
            if (node.primitive() instanceof Control control) {
                control.graphs().forEach(Verifier::check);
            }
        }
        for (var output : graph.outputs()) {
            if (!defined.contains(output)) {
                throw new IllegalStateException(
                        "the graph returns " + output + ", which nothing defines");
            }
        }
    }

    private static void define(Set<Value> defined, Value value, String by) {
        if (!defined.add(value)) {
            throw new IllegalStateException(value + " is defined a second time, by " + by);
        }
    }
}
