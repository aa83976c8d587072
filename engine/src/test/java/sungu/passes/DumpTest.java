package sungu.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

class DumpTest {
    @Test
    void kindsThatThereAreNotAreNamed() {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        assertEquals(Set.of("plan", "passes"), Dump.wanted("plan, loops,passes", out));
        assertEquals(
                "sungu.dump: there is no 'loops'; there are passes, graphs, nests, plan, all",
                bytes.toString(StandardCharsets.UTF_8).strip());
        assertEquals(Set.of(), Dump.wanted("", out));
    }
}
