package sungu.passes;

import sungu.graph.Graph;

/**
 * A rewriting of a graph into one that computes the same values: integers and movements exactly,
 * floats with the same bits unless the pass says otherwise.
 *
 * <p>Each pass runs in the graphs inside control primitives first, then in the graph around them.
 */
interface Pass {
    /** The name in dumps. */
    String name();

    /** The rewritten graph; the same object if there is nothing to do. */
    Graph run(Graph graph);
}
