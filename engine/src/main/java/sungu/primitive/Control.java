package sungu.primitive;

import sungu.graph.Graph;

import java.util.List;

/** A primitive that runs graphs: a call, a branch, a loop. */
public non-sealed interface Control extends Primitive {
    /** The graphs that this primitive holds, in the order of its record components. */
    List<Graph> graphs();

    /** The same primitive with other graphs of the same types. */
    Control with(List<Graph> graphs);
}
