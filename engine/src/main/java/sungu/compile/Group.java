package sungu.compile;

import org.jspecify.annotations.Nullable;

import sungu.graph.GraphText;
import sungu.graph.Node;
import sungu.graph.Value;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Nodes that run as one step: one node with a kernel of its own, or a nest over one loop or
 * several.
 *
 * @param nodes the nodes in order
 * @param nest what they are as a loop; null for a node that runs its own kernel
 * @param extents the sizes of each loop
 * @param reads the values that come from outside, loop after loop
 * @param writes the values that others read, loop after loop
 * @param rows the operands that the last node reads by rows, where they lie; empty unless it does
 */
public record Group(
        List<Node> nodes,
        @Nullable Nest nest,
        List<Extent> extents,
        List<Value> reads,
        List<Value> writes,
        List<Rows> rows) {
    private static final int SHOWN = 12;

    /** The group as one line of text. */
    public String label() {
        if (nest != null) {
            var names =
                    nodes.stream()
                            .limit(SHOWN)
                            .map(node -> node.primitive().label())
                            .collect(Collectors.joining(" "));
            return nodes.size() > SHOWN
                    ? names + " and " + (nodes.size() - SHOWN) + " more"
                    : names;
        }
        var node = nodes.getLast().primitive();
        var settings = GraphText.settings(node);
        return node.label() + (settings.length() > 80 ? " {...}" : settings);
    }

    /** Where in the user's model the first node that says so comes from; else empty. */
    public String place() {
        return nodes.stream()
                .map(Node::place)
                .filter(place -> !place.isEmpty())
                .findFirst()
                .orElse("");
    }
}
