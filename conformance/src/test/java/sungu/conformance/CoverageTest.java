package sungu.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;

class CoverageTest {
    @Test
    void the_page_is_up_to_date() throws IOException {
        var written = Files.readString(Project.root().resolve("docs/coverage.md"));
        assertEquals(
                Coverage.page(),
                written,
                "docs/coverage.md is out of date: run conformance/coverage");
    }
}
