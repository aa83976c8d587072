package sungu.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The examples run as a user runs them, from their source files with Sungu on the module path, and
 * print what they should.
 */
class ExamplesTest {
    /** What {@code sungu run} lets a program see. */
    private static final Set<String> MODULES = Set.of("sungu.keras", "sungu.structures");

    @Test
    void irisTrainsAndClassifies() throws Exception {
        var text = run("Iris");
        assertTrue(text.contains("Model: \"sequential\""), text);
        assertTrue(number(text, "best validation accuracy: (\\S+)") >= 0.93, text);
        assertTrue(text.contains("setosa"), text);
    }

    @Test
    void linearTapeFindsTheLine() throws Exception {
        var text = run("LinearTape");
        assertEquals(1, number(text, "step 5000 .* y = (\\S+) x1"), 0.02, text);
        assertEquals(2, number(text, "step 5000 .* x1 \\+ (\\S+) x2"), 0.02, text);
    }

    @Test
    void customLoopFindsTheLine() throws Exception {
        var text = run("CustomLoop");
        assertEquals(3, number(text, "line/dense/kernel = (\\S+)"), 0.1, text);
        assertEquals(2, number(text, "line/dense/bias = (\\S+)"), 0.1, text);
    }

    @Test
    void tensorsShowsValuesAndTheErrorOfMixedDtypes() throws Exception {
        var text = run("Tensors");
        assertTrue(
                text.contains("a.get(-1, -1)            Tensor(6.0, shape=(), dtype=float32)"),
                text);
        assertTrue(text.contains("fails: add: dtypes differ: f32[2,3] and i32[3]"), text);
        assertTrue(
                text.contains(
                        "hint: nothing is cast silently; write x.cast(DType.INT32) or"
                                + " y.cast(DType.FLOAT32)"),
                text);
        assertTrue(
                text.contains(
                        "total, read before       Tensor([0. 0. 0.], shape=(3,), dtype=float32)"),
                text);
        assertTrue(
                text.contains(
                        "total, read now          Tensor([100.   7.   9.], shape=(3,),"
                                + " dtype=float32)"),
                text);
    }

    @Test
    void huberLossIsSavedWithItsThreshold() throws Exception {
        var text = run("HuberLoss");
        assertEquals(
                number(text, "as a class: +loss (\\S+)"),
                number(text, "after loading: +loss (\\S+)"),
                text);
        assertTrue(text.contains("ThresholdHuber(") && text.contains("threshold=0.5"), text);
    }

    @Test
    void structuresWalksThroughAllOfThem() throws Exception {
        var text = run("Structures");
        assertTrue(text.contains("digits             <tf.RaggedTensor [[3, 1, 4, 1], []"), text);
        assertTrue(text.contains("code points        Tensor([ 99  97 102 233]"), text);
        assertTrue(text.contains("buckets            Tensor([11 63 10 97 41]"), text);
        assertTrue(text.contains("the rest           Tensor([ 9 16 25]"), text);
        assertTrue(text.contains("then               EXHAUSTED"), text);
        assertTrue(text.contains("their gradient     Tensor([6. 8. 6.]"), text);
        assertTrue(text.contains("numbers            Tensor([0 1 3]"), text);
    }

    private static double number(String text, String regex) {
        var matcher = Pattern.compile(regex).matcher(text);
        assertTrue(matcher.find(), () -> "no " + regex + " in:\n" + text);
        return Double.parseDouble(matcher.group(1));
    }

    private static String run(String example) throws IOException, InterruptedException {
        var file = Project.root().resolve("examples").resolve(example + ".java");
        var output = Files.createTempFile("sungu", ".txt");
        try {
            // A little compilation is enough for programs of a second.
            var command =
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Dstdout.encoding=UTF-8",
                            "--module-path",
                            modulePath(),
                            "--add-modules",
                            String.join(",", MODULES),
                            file.toString());
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), example + " does not end");
            var text = Files.readString(output, StandardCharsets.UTF_8);
            assertEquals(0, process.exitValue(), text);
            return text;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /**
     * Where the modules lie that examples need: among the paths of this test, which may run as a
     * module.
     */
    private static String modulePath() {
        var paths = new ArrayList<Path>();
        for (var property : List.of("jdk.module.path", "java.class.path")) {
            for (var entry : System.getProperty(property, "").split(File.pathSeparator)) {
                var path = Path.of(entry);
                if (!entry.isEmpty() && Files.exists(path) && isModule(path)) {
                    paths.add(path);
                }
            }
        }
        var finder =
                ModuleFinder.compose(
                        ModuleFinder.of(paths.toArray(Path[]::new)), ModuleFinder.ofSystem());
        var resolved = Configuration.empty().resolve(finder, ModuleFinder.of(), MODULES);
        var found = new TreeSet<String>();
        resolved.modules()
                .forEach(module ->
                        module.reference()
                                .location()
                                .filter(uri -> "file".equals(uri.getScheme()))
                                .ifPresent(uri -> found.add(Path.of(uri).toString())));
        return String.join(File.pathSeparator, found);
    }

    private static boolean isModule(Path path) {
        try {
            return !ModuleFinder.of(path).findAll().isEmpty();
        } catch (FindException e) {
            return false;
        }
    }
}
