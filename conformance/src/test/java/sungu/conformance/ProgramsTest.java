package sungu.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs what readers are shown beside the examples: the Java code blocks of README.md,
 * ARCHITECTURE.md, CONTRIBUTING.md and {@code docs} whose first line is a comment with a file name,
 * such as {@code // Iris.java}. Each is a program that must end well.
 */
class ProgramsTest {
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^```java\\n(// (\\w+\\.java)\\n.*?)^```");
    private static final long MOST_SECONDS = 120;

    @TempDir private Path folder = Path.of("");

    @TestFactory
    List<DynamicTest> code_blocks_of_the_documentation_run() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (var page : pages()) {
            var blocks = BLOCK.matcher(Files.readString(page));
            while (blocks.find()) {
                var code = blocks.group(1);
                var name = blocks.group(2);
                tests.add(
                        DynamicTest.dynamicTest(
                                Project.root().relativize(page) + " " + name,
                                () -> {
                                    runs(
                                            Files.writeString(
                                                    Files.createTempDirectory(folder, "block")
                                                            .resolve(name),
                                                    code));
                                }));
            }
        }
        assertFalse(tests.isEmpty(), "found no code blocks");
        return tests;
    }

    private static List<Path> pages() throws IOException {
        var root = Project.root();
        var pages =
                new ArrayList<>(
                        List.of(
                                root.resolve("README.md"),
                                root.resolve("ARCHITECTURE.md"),
                                root.resolve("CONTRIBUTING.md")));
        try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    /**
     * As {@code ./sungu run} does: Java's source launcher, with the modules that this test runs
     * with.
     */
    private void runs(Path program) throws IOException, InterruptedException {
        var output = Files.createTempFile(folder, "output", ".txt");
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        System.getProperty("jdk.module.path", ""),
                        "--class-path",
                        System.getProperty("java.class.path"),
                        "--add-modules",
                        "sungu.keras",
                        program.toString());
        var process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertEquals(
                0,
                process.waitFor(),
                () -> {
                    try {
                        return program.getFileName()
                                + " ended badly:\n"
                                + Files.readString(output, StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        return program.getFileName()
                                + " ended badly, and its output can't be read: "
                                + e;
                    }
                });
    }
}
