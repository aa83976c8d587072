package sungu.graph;

import java.util.List;
import sungu.primitive.Primitive;

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
