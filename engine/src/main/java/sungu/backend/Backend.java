package sungu.backend;

import sungu.graph.Graph;

/**
 * A device that runs graphs. The host is one; others are found by {@link java.util.ServiceLoader}
 * and may be partial.
 *
 * <p>The contract: a program gives, for inputs of the graph's types, what {@link Graph#apply} gives
 * on the reference kernels - integers and movements exactly, floats within the tolerance that the
 * backend states. Programs are immutable and safe to run from many threads.
 */
public interface Backend {
    /** The name, such as {@code host}. */
    String name();

    /** Whether this backend can run here; a reason for the user if it can't, else empty. */
    String unavailable();

    /** Which backend is taken when several are available: the largest number. */
    int preference();

    /** Makes a program of a graph. */
    Program compile(Graph graph);
}
