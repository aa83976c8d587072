package sungu.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The recorded cases that the project commits pass, but for those listed as known failures. A
 * listed one that passes must be taken off the list: the number of failures only goes down.
 */
class CommittedCasesTest {
    private static final Path RESOURCES = Project.root().resolve("conformance/src/test/resources");

    @Test
    void committed_cases_pass_but_for_known_failures() throws IOException, InterruptedException {
        var runner = new Runner(new Judge(Replay.kinds(false)), recorded -> true, 2, 60);
        var outcomes = runner.run(List.of(RESOURCES.resolve("cases")));
        assertTrue(outcomes.size() > 1000, "only " + outcomes.size() + " cases found");
        var failed = new TreeMap<String, String>();
        for (var outcome : outcomes) {
            var difference = outcome.difference();
            if (difference != null) {
                failed.put(outcome.id(), difference);
            }
        }
        var known = known();
        var passing = new TreeSet<>(known);
        passing.removeAll(failed.keySet());
        failed.keySet().removeAll(known);
        assertEquals(
                "{}",
                failed.toString(),
                "cases that fail and are not listed in known-failures.txt");
        assertEquals(
                "[]",
                passing.toString(),
                "cases that pass and are listed in known-failures.txt: take them off");
    }

    private static Set<String> known() throws IOException {
        return new TreeSet<>(
                Files.readAllLines(RESOURCES.resolve("known-failures.txt")).stream()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .toList());
    }
}
