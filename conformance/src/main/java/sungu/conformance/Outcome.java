package sungu.conformance;

import org.jspecify.annotations.Nullable;

/**
 * What came of one case.
 *
 * @param difference why it failed; null if it passed
 */
public record Outcome(
        String kind, String name, String id, String file, @Nullable String difference) {
    /** Whether the case passed. */
    public boolean passed() {
        return difference == null;
    }
}
