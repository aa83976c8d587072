package sungu.graph;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorType;

/** One value of a graph: an input, or an output of a node. It is assigned once. */
public final class Value {
    private final int id;
    private final TensorType type;
    private @Nullable Node node;
    private int index;

    Value(int id, TensorType type) {
        this.id = id;
        this.type = type;
    }

    /** The number of this value in its graph, unique there. */
    public int id() {
        return id;
    }

    /** Element type and shape. */
    public TensorType type() {
        return type;
    }

    /** The node that computes this value; null for an input of the graph. */
    public @Nullable Node node() {
        return node;
    }

    /** Which output of its node this value is. */
    public int index() {
        return index;
    }

    void computedBy(Node producer, int output) {
        node = producer;
        index = output;
    }

    @Override
    public String toString() {
        return "%" + id;
    }
}
