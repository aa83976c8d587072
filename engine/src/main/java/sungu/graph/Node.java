package sungu.graph;

import sungu.primitive.Primitive;

import java.util.List;

/**
 * One application of a primitive in a graph.
 *
 * @param place where in the user's model the node comes from, such as a layer's name; may be empty
 */
public record Node(Primitive primitive, List<Value> inputs, List<Value> outputs, String place) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
