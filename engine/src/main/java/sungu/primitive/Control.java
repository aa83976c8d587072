package sungu.primitive;

import java.util.List;
import sungu.graph.Graph;

/** A primitive that runs graphs: a call, a branch, a loop. */
public non-sealed interface Control extends Primitive {
    /** The graphs that this primitive holds, in the order of its record components. */
    List<Graph> graphs();
}
