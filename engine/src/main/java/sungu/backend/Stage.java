package sungu.backend;

/** The stages of a program, each of which can be seen as text. */
public enum Stage {
    /** The graph as it was traced. */
    GRAPH,
    /** The graph after the passes. */
    REWRITTEN,
    /** The steps: what runs as one, the arrays that it reads and writes, and the memory in all. */
    FUSED,
    /** The steps with what each does to an element, as loops. */
    LOOPS
}
