package sungu.passes;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;
import sungu.graph.Value;

import java.util.Arrays;
import java.util.List;

/**
 * How often each value of a graph is read, by nodes and as an output; counted when first asked for.
 */
final class Uses {
    private final Graph graph;
    private int @Nullable [] counts;

    Uses(Graph graph) {
        this.graph = graph;
    }

    private int count(Value value) {
        var all = counts;
        if (all == null) {
            all = new int[64 + 2 * graph.nodes().size()];
            for (var node : graph.nodes()) {
                all = counted(all, node.inputs());
            }
            all = counted(all, graph.outputs());
            counts = all;
        }
        return value.id() < all.length ? all[value.id()] : 0;
    }

    private static int[] counted(int[] counts, List<Value> values) {
        var all = counts;
        for (var value : values) {
            if (value.id() >= all.length) {
                all = Arrays.copyOf(all, 2 * value.id());
            }
            all[value.id()]++;
        }
        return all;
    }

    /** Whether anything reads this value. */
    boolean any(Value value) {
        return count(value) > 0;
    }

    /** Whether one reader alone reads this value, once. */
    boolean single(Value value) {
        return count(value) == 1;
    }
}
