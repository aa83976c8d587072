package sungu.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rules for source files as text. */
class SourcesTest {
    private static final int MOST_LINES = 700;

    @Test
    void no_file_is_too_long() throws IOException {
        List<Path> sources = Project.sources();
        assertFalse(sources.isEmpty(), "found no sources below " + Project.root());
        var tooLong = new ArrayList<String>();
        for (Path file : sources) {
            try (Stream<String> lines = Files.lines(file)) {
                long count = lines.count();
                if (count > MOST_LINES) {
                    tooLong.add(Project.root().relativize(file) + " has " + count + " lines");
                }
            }
        }
        assertEquals(List.of(), tooLong, "no file has more than " + MOST_LINES + " lines");
    }
}
