package sungu.passes;

import sungu.graph.Graph;
import sungu.graph.GraphText;

import java.io.PrintStream;

/**
 * Shows on standard error what becomes of graphs: {@code -Dsungu.dump=passes} prints a line per
 * pass that changed something, {@code -Dsungu.dump=graphs} the graph after each of them too, {@code
 * -Dsungu.dump=plan} the plans, {@code -Dsungu.dump=all} everything.
 */
public final class Dump {
    private static final String WANTED = System.getProperty("sungu.dump", "");
    private static final PrintStream OUT = System.err;

    private Dump() {}

    /** Whether a kind of dump is asked for. */
    public static boolean wants(String kind) {
        return !WANTED.isEmpty()
                && (WANTED.equals("all")
                        || java.util.Arrays.asList(WANTED.split(",")).contains(kind));
    }

    static void pass(String name, Graph before, Graph after) {
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
                        + " nodes");
        if (wants("graphs")) {
            OUT.println(GraphText.brief(after));
        }
    }

    /** Prints a stage of a program. */
    public static void stage(String kind, java.util.function.Supplier<String> text) {
        if (wants(kind)) {
            OUT.println(kind + ":\n" + text.get());
        }
    }
}
