package sungu.passes;

import sungu.graph.Graph;
import sungu.graph.Value;

import java.util.HashMap;
import java.util.Map;

/** How often each value of a graph is read: by nodes, and as an output. */
final class Uses {
    private final Map<Value, Integer> counts = new HashMap<>();

    Uses(Graph graph) {
        for (var node : graph.nodes()) {
            node.inputs().forEach(this::count);
        }
        graph.outputs().forEach(this::count);
    }

    private void count(Value value) {
        counts.merge(value, 1, Integer::sum);
    }

    /** Whether anything reads this value. */
    boolean any(Value value) {
        return counts.containsKey(value);
    }

    /** Whether one reader alone reads this value, once. */
    boolean single(Value value) {
        return counts.getOrDefault(value, 0) == 1;
    }
}
