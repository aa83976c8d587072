package sungu.passes;

import sungu.graph.Graph;
import sungu.graph.GraphText;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Shows on standard error what becomes of graphs. {@code -Dsungu.dump} takes kinds, separated by
 * commas: {@code passes} prints a line per pass that changed something, {@code graphs} the graph
 * after each of them too, {@code nests} what is fused into loops, {@code plan} the steps and the
 * memory that they take, {@code all} everything.
 */
public final class Dump {
    private static final List<String> KINDS = List.of("passes", "graphs", "nests", "plan", "all");
    private static final PrintStream OUT = System.err;
    private static final Set<String> WANTED = wanted(System.getProperty("sungu.dump", ""), OUT);

    private Dump() {}

    /** The kinds that a property names; a line says which of them there are not. */
    static Set<String> wanted(String property, PrintStream out) {
        var wanted = new HashSet<String>();
        for (var kind : property.split(",")) {
            var name = kind.strip();
            if (KINDS.contains(name)) {
                wanted.add(name);
            } else if (!name.isEmpty()) {
                out.println(
                        "sungu.dump: there is no '"
                                + name
                                + "'; there are "
                                + String.join(", ", KINDS));
            }
        }
        return wanted;
    }

    /** Whether a kind of dump is asked for. */
    public static boolean wants(String kind) {
        return !WANTED.isEmpty() && (WANTED.contains(kind) || WANTED.contains("all"));
    }

    static void pass(String name, Graph before, Graph after, long nanos) {
        if (before == after || !(wants("passes") || wants("graphs"))) {
            return;
        }
        OUT.println(
                "pass "
                        + name
                        + ": "
                        + before.nodes().size()
                        + " -> "
                        + after.nodes().size()
                        + " nodes, "
                        + nanos / 1000
                        + " us");
        if (wants("graphs")) {
            OUT.println(GraphText.brief(after));
        }
    }

    /** Prints a stage of a program. */
    public static void stage(String kind, Supplier<String> text) {
        if (wants(kind)) {
            OUT.println(kind + ":\n" + text.get());
        }
    }
}
