package sungu.conformance;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Finds recorded cases: {@code .jsonl} and {@code .jsonl.gz} files with one case a line, and
 * folders of model files.
 */
public final class CaseFiles {
    /** Takes the text of one case. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the JSON text of a case and the file it stands in. */
        void take(Path file, String json) throws IOException, InterruptedException;
    }

    private CaseFiles() {}

    /** Passes on all cases under these files and folders, folders in the order of their names. */
    public static void each(List<Path> paths, Sink sink) throws IOException, InterruptedException {
        for (var path : paths) {
            if (!Files.exists(path)) {
                throw new IOException("there is no file or folder " + path);
            }
            for (var file : files(path)) {
                if (file.toString().endsWith(".json")) {
                    sink.take(file, Files.readString(file));
                    continue;
                }
                try (var lines =
                        new BufferedReader(
                                new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
                    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                        if (!line.isBlank()) {
                            sink.take(file, line);
                        }
                    }
                }
            }
        }
    }

    /** The files that hold cases. */
    private static List<Path> files(Path path) throws IOException {
        try (var found = Files.walk(path)) {
            return new ArrayList<>(
                    found.filter(Files::isRegularFile)
                            .filter(CaseFiles::holdsCases)
                            .sorted()
                            .toList());
        }
    }

    private static boolean holdsCases(Path file) {
        var name = file.toString();
        return name.endsWith(".jsonl") || name.endsWith(".jsonl.gz") || isModel(file);
    }

    /** A model's description is called like the folder it lies in. */
    private static boolean isModel(Path file) {
        var folder = file.toAbsolutePath().getParent();
        return folder != null
                && file.getFileName().toString().equals(folder.getFileName() + ".json");
    }

    private static InputStream open(Path file) throws IOException {
        var raw = new FileInputStream(file.toFile());
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
    }
}
