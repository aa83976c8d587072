package sungu.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import sungu.graph.GraphText;
import sungu.graph.Verifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The example that each pass opens with is its first test. */
class PassExamplesTest {
    private static final Path SOURCES =
            Path.of(System.getProperty("sungu.root", ".."), "engine/src/main/java/sungu/passes");

    @TestFactory
    Stream<DynamicTest> everyPassDoesWhatItsExampleSays() {
        return new TreeSet<>(Passes.names())
                .stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }

    private static void check(String name) throws IOException {
        var source = Files.readString(SOURCES.resolve(Passes.className(name) + ".java"));
        var comment = source.replaceAll("(?m)^ \\* ?", "");
        var before = GraphText.parse(part(comment, "before:"));
        boolean dropsDeadCode = comment.contains("after, with dead code dropped:");
        var expected = part(comment, dropsDeadCode ? "after, with dead code dropped:" : "after:");
        var after = Verifier.check(Passes.run(name, before), name);
        if (dropsDeadCode) {
            // What one round leaves over, the next one of the pipeline finds.
            after = Passes.run("dead-code", Passes.run(name, Passes.run("dead-code", after)));
        }
        assertEquals(expected, after.text());
        assertNotEquals(before, after);
    }

    /** A scalar that was a vector of one element says nothing about the shape of the others. */
    @Test
    void reshapedScalarsDoNotSinkTheOthers() {
        var graph =
                GraphText.parse(
                        """
                        graph(%0: f32[1]) {
                          %1: f32[] = reshape(%0) {shape=[]}
                          %2: f32[3] = constant() {value=f32[3](1.0, 2.0, 3.0)}
                          %3: f32[3] = divide(%2, %1)
                          return %3
                        }\
                        """);
        assertEquals(graph, Verifier.check(Passes.run("movement-sinking", graph), "sinking"));
    }

    /** A product that needs a copy reads one that is there. */
    @Test
    void transposesServeAsCopies() {
        var graph =
                GraphText.parse(
                        """
                        graph(%0: f32[3,2,4], %1: f32[2,3,5], %2: f32[4,5]) {
                          %3: f32[2,3,4] = transpose(%0) {order=[1, 0, 2]}
                          %4: f32[2,3,5] = dot_general(%3, %2) {leftBatch=[], rightBatch=[], leftContract=[2], rightContract=[0]}
                          %5: f32[4,5] = dot_general(%0, %1) {leftBatch=[], rightBatch=[], leftContract=[1, 0], rightContract=[0, 1]}
                          return %4, %5
                        }\
                        """);
        assertEquals(
                """
                graph(%0: f32[3,2,4], %1: f32[2,3,5], %2: f32[4,5]) {
                  %3: f32[2,3,4] = transpose(%0) {order=[1, 0, 2]}
                  %4: f32[2,3,5] = dot_general(%3, %2) {leftBatch=[], rightBatch=[], leftContract=[2], rightContract=[0]}
                  %5: f32[4,5] = dot_general(%3, %1) {leftBatch=[], rightBatch=[], leftContract=[0, 1], rightContract=[0, 1]}
                  return %4, %5
                }\
                """,
                Passes.run("operand-layouts", graph).text());
    }

    private static String part(String comment, String title) {
        int begin = comment.indexOf("graph(", comment.indexOf(title));
        return comment.substring(begin, comment.indexOf("\n}", begin) + 2);
    }
}
