package sungu.graph;

/** The text form of graphs. */
public final class GraphText {
    private GraphText() {}

    static String print(Graph graph) {
        var text = new StringBuilder("graph(");
        graph.inputs().forEach(v -> text.append(v).append(": ").append(v.type()).append(", "));
        text.append(") {\n");
        for (var node : graph.nodes()) {
            text.append("  ").append(node.outputs()).append(" = ").append(node.primitive()).append(node.inputs()).append('\n');
        }
        return text.append("  return ").append(graph.outputs()).append("\n}").toString();
    }
}
