package sungu.conformance;

import org.jspecify.annotations.Nullable;

import sungu.conformance.kinds.Kinds;
import sungu.conformance.kinds.Settings;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.LogManager;

/** The command {@code conformance/replay}: replays recorded cases and reports. */
public final class Replay {
    private static final String USAGE =
            """
            usage: conformance/replay PATH... [options]
              PATH             files (.jsonl, .jsonl.gz) or folders with recorded cases; folders of model files
              --only TEXT      only cases whose id or test contains TEXT
              --named FILE     only cases of the kinds and names listed in FILE, a pair a line
              --traced         run what is computed as traced functions
              --json FILE      write totals and the outcome of each case
              --failures N     print at most N failures (20)
              --threads N      run cases on N threads (one per processor)
              --timeout S      give a case up after S seconds (60)
            """;

    private final List<Path> paths = new ArrayList<>();
    private @Nullable String only;
    private @Nullable Path named;
    private @Nullable Path json;
    private boolean traced;
    private int failures = 20;
    private int threads = Runtime.getRuntime().availableProcessors();
    private int seconds = 60;

    private Replay() {}

    /**
     * Runs the command; the exit status is 0 if all went well, 1 if cases failed, 2 for wrong
     * arguments.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        var replay = new Replay();
        try {
            replay.read(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.print(USAGE);
            System.exit(2);
        }
        int failed = replay.run(out);
        out.flush();
        // Threads of cases that were given up may still run.
        System.exit(failed == 0 ? 0 : 1);
    }

    private void read(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            var argument = arguments[i];
            if (!argument.startsWith("--")) {
                paths.add(Path.of(argument));
                continue;
            }
            if (argument.equals("--traced")) {
                traced = true;
                continue;
            }
            if (++i == arguments.length) {
                throw new IllegalArgumentException(argument + " is unknown or lacks its value");
            }
            var value = arguments[i];
            switch (argument) {
                case "--only" -> only = value;
                case "--named" -> named = Path.of(value);
                case "--json" -> json = Path.of(value);
                case "--failures" -> failures = Integer.parseInt(value);
                case "--threads" -> threads = Math.max(1, Integer.parseInt(value));
                case "--timeout" -> seconds = Math.max(1, Integer.parseInt(value));
                default -> throw new IllegalArgumentException("unknown option " + argument);
            }
        }
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("no files or folders given");
        }
    }

    private int run(PrintStream out) throws IOException, InterruptedException {
        Predicate<Case> wanted = wanted();
        if (traced) {
            wanted =
                    wanted.and(recorded ->
                            Kinds.traced().containsKey(recorded.kind()) && !recorded.raises());
        }
        // The library warns of odd uses, and recorded cases are full of them.
        LogManager.getLogManager().reset();
        var outcomes = new Runner(new Judge(kinds(traced)), wanted, threads, seconds).run(paths);
        long eagerOnly = outcomes.stream().filter(Replay::isEagerOnly).count();
        if (traced) {
            outcomes.removeIf(Replay::isEagerOnly);
        }
        var report = new Report(outcomes);
        report.printTables(out);
        out.println();
        report.printFailures(out, failures);
        if (json != null) {
            Files.writeString(json, report.json());
        }
        if (traced) {
            out.println(
                    "traced, less "
                            + eagerOnly
                            + " cases of calls that are marked as eager only, because the shapes of"
                            + " their results depend on values");
        }
        report.printTotal(out);
        return report.failed();
    }

    private static boolean isEagerOnly(Outcome outcome) {
        var difference = outcome.difference();
        return difference != null && difference.startsWith(Judge.EAGER_ONLY);
    }

    private Predicate<Case> wanted() throws IOException {
        Predicate<Case> all = recorded -> true;
        if (only != null) {
            var text = only;
            all =
                    recorded ->
                            recorded.id().contains(text)
                                    || String.valueOf(recorded.field("test")).contains(text);
        }
        return named == null ? all : all.and(Names.read(named));
    }

    /** The kinds as the command runs them. */
    static Map<String, Kind> kinds(boolean traced) {
        var kinds = new LinkedHashMap<String, Kind>();
        (traced ? Kinds.traced() : Kinds.all())
                .forEach((name, kind) -> kinds.put(name, Settings.around(kind)));
        return kinds;
    }
}
