package sungu.keras.config;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Names as Keras makes them, and suggestions for mistyped ones. */
public final class Names {
    private Names() {}

    /**
     * A class name in lower case with underscores, as Keras names layers: {@code MaxPooling2D}
     * becomes {@code max_pooling2d}.
     */
    public static String snakeCase(String className) {
        var name =
                className
                        .replaceAll("\\W+", "")
                        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                        .replaceAll("([a-z])([A-Z])", "$1_$2");
        return name.toLowerCase(Locale.ROOT);
    }

    /** "did you mean ...?" for the nearest of the known names; empty if none is near. */
    public static String suggestion(String name, Collection<String> known) {
        @Nullable String nearest =
                known.stream()
                        .min(Comparator.comparingInt(other -> distance(name, other)))
                        .orElse(null);
        return nearest == null || distance(name, nearest) > Math.max(2, name.length() / 2)
                ? ""
                : "did you mean '" + nearest + "'?";
    }

    /** The Levenshtein distance, case ignored. */
    static int distance(String a, String b) {
        var x = a.toLowerCase(Locale.ROOT);
        var y = b.toLowerCase(Locale.ROOT);
        var row = new int[y.length() + 1];
        for (int j = 0; j <= y.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= x.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= y.length(); j++) {
                int cost = diagonal + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(cost, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[y.length()];
    }
}
