package sungu.conformance;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The outcomes of a run as tables and as JSON. */
public final class Report {
    private static final String ROW = "%-52s %7d %7d%n";

    private static final class Count {
        int passed;
        int failed;

        void add(Outcome outcome) {
            if (outcome.passed()) {
                passed++;
            } else {
                failed++;
            }
        }

        Map<String, @Nullable Object> tree() {
            var tree = new LinkedHashMap<String, @Nullable Object>();
            tree.put("passed", passed);
            tree.put("failed", failed);
            return tree;
        }
    }

    private final List<Outcome> outcomes;
    private final Map<String, Count> kinds = new TreeMap<>();
    private final Map<String, Map<String, Count>> names = new TreeMap<>();
    private final Count total = new Count();

    /** A report on these outcomes. */
    public Report(List<Outcome> outcomes) {
        this.outcomes = outcomes;
        for (var outcome : outcomes) {
            total.add(outcome);
            kinds.computeIfAbsent(outcome.kind(), kind -> new Count()).add(outcome);
            names.computeIfAbsent(outcome.kind(), kind -> new TreeMap<>())
                    .computeIfAbsent(outcome.name(), name -> new Count())
                    .add(outcome);
        }
    }

    /** Passed cases in all. */
    public int passed() {
        return total.passed;
    }

    /** Failed cases in all. */
    public int failed() {
        return total.failed;
    }

    /**
     * Prints the first failures, each with what differed; at most so many, and a few per name so
     * that many names are seen.
     */
    public void printFailures(PrintStream out, int limit) {
        var failures = new ArrayList<Outcome>();
        var perName = new TreeMap<String, Integer>();
        for (int most = 1; failures.size() < Math.min(limit, failed()); most++) {
            perName.clear();
            failures.clear();
            for (var outcome : outcomes) {
                if (!outcome.passed()
                        && failures.size() < limit
                        && perName.merge(outcome.kind() + " " + outcome.name(), 1, Integer::sum)
                                <= most) {
                    failures.add(outcome);
                }
            }
        }
        if (!failures.isEmpty()) {
            out.println("First failures:");
        }
        for (var failure : failures) {
            out.println("  " + failure.id() + "\n      " + failure.difference());
        }
    }

    /** Prints passed and failed per kind and per name. */
    public void printTables(PrintStream out) {
        names.forEach((kind, counts) -> {
            out.printf("%n%-52s %7s %7s%n", kind, "passed", "failed");
            counts.forEach(
                    (name, count) -> out.printf(ROW, "  " + name, count.passed, count.failed));
        });
        out.printf("%n%-52s %7s %7s%n", "kind", "passed", "failed");
        kinds.forEach((kind, count) -> out.printf(ROW, kind, count.passed, count.failed));
    }

    /** Prints the totals, the last line of a run. */
    public void printTotal(PrintStream out) {
        out.println(total.passed + " passed, " + total.failed + " failed");
    }

    /** Everything as JSON: totals, kinds, names, and each case with what differed. */
    public String json() {
        var tree = total.tree();
        var byKind = new LinkedHashMap<String, @Nullable Object>();
        kinds.forEach((kind, count) -> byKind.put(kind, count.tree()));
        tree.put("kinds", byKind);
        var byName = new LinkedHashMap<String, @Nullable Object>();
        names.forEach((kind, counts) -> {
            var trees = new LinkedHashMap<String, @Nullable Object>();
            counts.forEach((name, count) -> trees.put(name, count.tree()));
            byName.put(kind, trees);
        });
        tree.put("names", byName);
        var cases = new ArrayList<@Nullable Object>();
        for (var outcome : outcomes) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("id", outcome.id());
            row.put("kind", outcome.kind());
            row.put("name", outcome.name());
            row.put("file", outcome.file());
            row.put("passed", outcome.passed());
            row.put("difference", outcome.difference());
            cases.add(row);
        }
        tree.put("cases", cases);
        return JsonTree.write(tree);
    }
}
