package sungu.compile;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.GraphText;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Elementwise;
import sungu.primitive.Literal;
import sungu.tensor.Ints;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups the nodes of a graph into what runs as one step: a chain of elementwise nodes of one shape
 * becomes a {@link Nest} when each inner value is read within the chain only; every other node is a
 * step of its own.
 */
public final class Fusion {
    /**
     * More instructions or operands than this do not stay in the first-level cache when a nest runs
     * block by block.
     */
    private static final int INSTRUCTIONS = 48;

    private static final int OPERANDS = 16;

    /**
     * Nodes that run as one step.
     *
     * @param nodes the nodes in order
     * @param nest what they are as a loop; null for a node that runs its own kernel
     * @param reads the values that come from outside
     * @param writes the values that others read
     */
    public record Group(
            List<Node> nodes, @Nullable Nest nest, List<Value> reads, List<Value> writes) {
        /** The group as one line of text. */
        public String label() {
            var last = nodes.getLast().primitive();
            return nest == null
                    ? last.label()
                            + (GraphText.settings(last).length() > 80
                                    ? " {...}"
                                    : GraphText.settings(last))
                    : nodes.stream()
                            .map(node -> node.primitive().label())
                            .reduce((a, b) -> a + " " + b)
                            .orElse("");
        }
    }

    private final Graph graph;
    private final Map<Value, Set<Node>> readers = new HashMap<>();
    private final Map<Node, Set<Node>> chains = new HashMap<>();

    private Fusion(Graph graph) {
        this.graph = graph;
        for (var node : graph.nodes()) {
            node.inputs()
                    .forEach(value ->
                            readers.computeIfAbsent(value, v -> new HashSet<>()).add(node));
        }
    }

    /** The groups of a graph in an order in which they can run; constants are in none. */
    public static List<Group> of(Graph graph) {
        return new Fusion(graph).groups();
    }

    private List<Group> groups() {
        var leaving = new HashSet<>(graph.outputs());
        for (var node : graph.nodes()) {
            if (node.primitive() instanceof Elementwise) {
                chain(node, leaving);
            }
        }
        var groups = new ArrayList<Group>();
        var inner = new HashSet<Node>();
        chains.forEach(
                (root, nodes) -> nodes.stream().filter(node -> node != root).forEach(inner::add));
        for (var node : graph.nodes()) {
            if (node.primitive() instanceof Literal || inner.contains(node)) {
                continue;
            }
            var chain = chains.get(node);
            groups.add(
                    chain == null
                            ? new Group(List.of(node), null, node.inputs(), node.outputs())
                            : group(List.copyOf(chain)));
        }
        return groups;
    }

    /** Begins a chain at a node and takes in those of its producers that nobody else reads. */
    private void chain(Node node, Set<Value> leaving) {
        var shape = node.outputs().get(0).type().shape();
        Set<Node> chain = new LinkedHashSet<>();
        chain.add(node);
        for (var value : new LinkedHashSet<>(node.inputs())) {
            var producer = value.node();
            var earlier = producer == null ? null : chains.get(producer);
            if (earlier == null
                    || leaving.contains(value)
                    || readers.getOrDefault(value, Set.of()).size() > 1
                    || !value.type().shape().equals(shape)) {
                continue;
            }
            // Producers stand before what reads them.
            var joined = new LinkedHashSet<>(earlier);
            joined.addAll(chain);
            if (joined.size() <= INSTRUCTIONS && reads(joined).size() <= OPERANDS) {
                chain = joined;
                chains.remove(producer);
            }
        }
        chains.put(node, chain);
    }

    private static Set<Value> reads(Set<Node> nodes) {
        var reads = new LinkedHashSet<Value>();
        for (var node : nodes) {
            for (var value : node.inputs()) {
                if (value.node() == null || !nodes.contains(value.node())) {
                    reads.add(value);
                }
            }
        }
        return reads;
    }

    private static Group group(List<Node> nodes) {
        var reads = List.copyOf(reads(new LinkedHashSet<>(nodes)));
        var shape = nodes.getLast().outputs().get(0).type().shape();
        var registers = new HashMap<Value, Integer>();
        var operands = new ArrayList<Nest.Operand>();
        for (var value : reads) {
            registers.put(value, registers.size());
            operands.add(
                    new Nest.Operand(value.type().dtype(), !value.type().shape().equals(shape)));
        }
        var instructions = new ArrayList<Nest.Instruction>();
        for (var node : nodes) {
            var output = node.outputs().get(0);
            var arguments = node.inputs().stream().mapToInt(registers::get).toArray();
            instructions.add(
                    new Nest.Instruction(
                            (Elementwise) node.primitive(),
                            output.type().dtype(),
                            Ints.of(arguments)));
            registers.put(output, registers.size());
        }
        var nest =
                new Nest(
                        List.copyOf(operands),
                        List.copyOf(instructions),
                        Ints.of(registers.size() - 1));
        return new Group(nodes, nest, reads, nodes.getLast().outputs());
    }
}
