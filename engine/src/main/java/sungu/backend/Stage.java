package sungu.backend;

/** The stages of a program, each of which can be seen as text. */
public enum Stage {
    /** The graph as it was traced. */
    GRAPH,
    /** The graph after the passes. */
    REWRITTEN,
    /** The steps, with fused elementwise chains as loop nests. */
    FUSED,
    /** The steps with the arrays that they read and write, and what memory they take. */
    PLAN
}
