import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks or rewrites the format of every Java file below the current folder: google-java-format in
 * its AOSP style. {@code ./format} and {@code mvn verify} call it.
 */
final class Format {
    private static final Formatter FORMATTER =
            new Formatter(
                    JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build());

    private static final int MOST_PASSES = 5;

    /** A file and what is wrong with it, or nothing. */
    private record Verdict(Path file, Optional<String> formatted, Optional<String> error) {}

    private Format() {}

    public static void main(String[] args) throws IOException {
        boolean write = List.of(args).contains("write");
        List<Verdict> wrong =
                sources().parallelStream()
                        .map(Format::judge)
                        .filter(v -> v.formatted().isPresent() || v.error().isPresent())
                        .toList();
        boolean failed = false;
        for (Verdict verdict : wrong) {
            if (verdict.error().isPresent()) {
                System.err.println(verdict.file() + ": " + verdict.error().get());
                failed = true;
            } else if (write) {
                Files.writeString(verdict.file(), verdict.formatted().get());
                System.out.println("formatted " + verdict.file());
            } else {
                System.err.println("not formatted: " + verdict.file());
                failed = true;
            }
        }
        if (failed && !write) {
            System.err.println("To format them, run: ./format");
        }
        System.exit(failed ? 1 : 0);
    }

    private static Verdict judge(Path file) {
        try {
            String text = Files.readString(file);
            String formatted = format(text);
            return new Verdict(
                    file,
                    formatted.equals(text) ? Optional.empty() : Optional.of(formatted),
                    Optional.empty());
        } catch (FormatterException | IOException e) {
            return new Verdict(file, Optional.empty(), Optional.of(e.getMessage()));
        }
    }

    /** One pass may leave what the next one would change; what a pass leaves alone is formatted. */
    private static String format(String text) throws FormatterException {
        String formatted = text;
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            String next = FORMATTER.formatSourceAndFixImports(formatted);
            if (next.equals(formatted)) {
                return formatted;
            }
            formatted = next;
        }
        return formatted;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(""))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !isIgnored(file))
                    .sorted()
                    .toList();
        }
    }

    /** Build outputs, and folders whose name starts with a dot. */
    private static boolean isIgnored(Path file) {
        for (Path part : file) {
            if (part.toString().equals("target") || part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
