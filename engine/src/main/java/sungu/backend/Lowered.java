package sungu.backend;

import sungu.graph.Graph;

/**
 * A traced function for inputs of certain types: its graph, its program, and every stage between
 * them as text.
 */
public record Lowered(Graph graph, Program program) {
    /** A stage as text. */
    public String text(Stage stage) {
        return stage == Stage.GRAPH ? graph.text() : program.text(stage);
    }

    @Override
    public String toString() {
        return text(Stage.GRAPH);
    }
}
