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
        // Each layer passes here; regular expressions would take longer than the rest of it.
        var word = new StringBuilder();
        for (int i = 0; i < className.length(); i++) {
            char c = className.charAt(i);
            if (isSmall(c) || isLarge(c) || c >= '0' && c <= '9' || c == '_') {
                word.append(c);
            }
        }
        var name = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            boolean begins =
                    i > 0
                            && isLarge(word.charAt(i))
                            && (isSmall(word.charAt(i - 1))
                                    || i + 1 < word.length() && isSmall(word.charAt(i + 1)));
            name.append(begins ? "_" : "").append(word.charAt(i));
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isSmall(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isLarge(char c) {
        return c >= 'A' && c <= 'Z';
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
