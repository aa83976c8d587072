package sungu.keras.config;

import org.jspecify.annotations.Nullable;

/**
 * The one place where a value of an optional setting is handed out under a type that does not say
 * so.
 */
final class Unchecked {
    private Unchecked() {}

    @SuppressWarnings("NullAway")
    static <T> T present(@Nullable T value) {
        return value;
    }
}
