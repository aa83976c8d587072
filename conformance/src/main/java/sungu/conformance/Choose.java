package sungu.conformance;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * Chooses the recorded cases that the project commits for its own build: {@code conformance/choose
 * NAMES FOLDER PATH...}.
 *
 * <p>The rule: of each kind and name in the list of names, cases whose JSON has at most 6,000
 * characters (40,000 for training runs), in the order of their ids - hashes, so an arbitrary order
 * that stays - the first eight with a result and the first two that expect an error. Model files
 * are left out for their size.
 */
public final class Choose {
    private static final int LONGEST = 6_000;
    private static final int LONGEST_TRAINING = 40_000;
    private static final int RESULTS = 8;
    private static final int ERRORS = 2;

    private record Candidate(Case recorded, String json) {}

    private Choose() {}

    /** Chooses: the list of names, the folder to write to, files and folders to choose from. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            System.err.println("usage: choose NAMES FOLDER PATH...");
            System.exit(2);
        }
        var names = Names.read(Path.of(arguments[0]));
        var groups = new TreeMap<String, Map<String, List<Candidate>>>();
        var paths = List.of(arguments).subList(2, arguments.length).stream().map(Path::of).toList();
        CaseFiles.each(
                paths,
                (file, json) -> {
                    var recorded = new Case(JsonTree.object(json), file);
                    int longest = recorded.kind().equals("training") ? LONGEST_TRAINING : LONGEST;
                    if (json.length() <= longest
                            && !recorded.kind().equals("model_file")
                            && names.test(recorded)) {
                        groups.computeIfAbsent(recorded.kind(), kind -> new TreeMap<>())
                                .computeIfAbsent(recorded.name(), name -> new ArrayList<>())
                                .add(new Candidate(recorded, json));
                    }
                });
        for (var group : groups.entrySet()) {
            write(
                    Path.of(arguments[1]).resolve(group.getKey() + ".jsonl.gz"),
                    group.getValue().values());
        }
    }

    private static void write(Path file, Iterable<List<Candidate>> groups) throws IOException {
        try (var out =
                new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(file)),
                        StandardCharsets.UTF_8)) {
            for (var candidates : groups) {
                candidates.sort(Comparator.comparing(candidate -> candidate.recorded.id()));
                int results = 0;
                int errors = 0;
                for (var candidate : candidates) {
                    if (candidate.recorded.raises() ? errors++ < ERRORS : results++ < RESULTS) {
                        out.write(candidate.json + "\n");
                    }
                }
            }
        }
    }
}
