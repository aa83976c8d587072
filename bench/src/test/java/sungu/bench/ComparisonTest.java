package sungu.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class ComparisonTest {
    private static String line(String framework, String figures) {
        return "{\"workload\": \"w\", \"framework\": \"" + framework + "\", " + figures + "}";
    }

    @Test
    void ratiosAreOfMediansAgainstTheBetterPeer() {
        var comparison = new Comparison();
        for (int rate : new int[] {10, 30, 20}) {
            assertTrue(comparison.add("w", line("sungu", "\"steps_per_s\": " + rate + ".0")));
        }
        comparison.add("w", line("keras-jax", "\"steps_per_s\": 5.0, \"first_epoch_s\": 4.0"));
        comparison.add("w", line("keras-tensorflow", "\"steps_per_s\": 4.0"));
        comparison.add("w", line("sungu", "\"first_epoch_s\": 2.0"));
        assertEquals(
                """
                w                      steps_per_s     keras-jax 5.00  keras-tensorflow 4.00  sungu 20.0  ratio 4.00
                w                      first_epoch_s   keras-jax 4.00  sungu 2.00  ratio 2.00
                """,
                comparison.text("w").replace("\r\n", "\n"));
        var page = comparison.markdown(List.of("w"), 3, Map.of("Java", "25"));
        assertTrue(page.contains("| w | steps_per_s | 4.00 | 5.00 | 20.0 | 4.00 |"), page);
        assertTrue(page.contains("| w | first_epoch_s | - | 4.00 | 2.00 | 2.00 |"), page);
    }

    @Test
    void aLineWithAnErrorHasNoFigures() {
        var comparison = new Comparison();
        assertFalse(comparison.add("w", line("keras-jax", "\"error\": \"no such thing\"")));
        assertEquals("", comparison.text("w"));
    }
}
