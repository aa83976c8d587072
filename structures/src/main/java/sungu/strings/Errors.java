package sungu.strings;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

/**
 * What becomes of malformed characters.
 *
 * @param policy an error, a replacement, or nothing
 * @param replacement the character that replaces malformed ones
 * @param controls whether control characters (below U+0020) are treated as malformed, too
 */
public record Errors(Policy policy, int replacement, boolean controls) {
    /** The three ways. */
    public enum Policy {
        STRICT,
        REPLACE,
        IGNORE
    }

    /** Malformed characters are errors. */
    public static final Errors STRICT = new Errors(Policy.STRICT, 0xfffd, false);

    /** Malformed characters become U+FFFD. */
    public static final Errors REPLACE = new Errors(Policy.REPLACE, 0xfffd, false);

    /** Malformed characters are left out. */
    public static final Errors IGNORE = new Errors(Policy.IGNORE, 0xfffd, false);

    public Errors {
        if (replacement < 0 || replacement > Character.MAX_CODE_POINT) {
            throw new TensorException("unicode: " + replacement + " is no character");
        }
    }

    /** The policy of that TensorFlow name: strict, replace or ignore. */
    public static Errors of(String name) {
        return switch (name) {
            case "strict" -> STRICT;
            case "replace" -> REPLACE;
            case "ignore" -> IGNORE;
            default ->
                    throw new TensorException(
                            "unicode: no way '" + name + "' to treat malformed characters",
                            "the ways are strict, replace and ignore");
        };
    }

    /** The same with another replacement. */
    public Errors replacement(int character) {
        return new Errors(policy, character, controls);
    }

    /** The same, with control characters treated as malformed or not. */
    public Errors controls(boolean replaced) {
        return new Errors(policy, replacement, replaced);
    }

    /**
     * The character to take for one that was read; null to leave it out.
     *
     * @param code the character, or {@link CodePoints#MALFORMED}
     */
    @Nullable Integer settle(int code) {
        boolean wrong = code == CodePoints.MALFORMED;
        if (!wrong && !(controls && code < 0x20)) {
            return code;
        }
        if (wrong && policy == Policy.STRICT) {
            throw new TensorException(
                    "unicode: a string is malformed",
                    "Errors.REPLACE or Errors.IGNORE goes on after malformed characters");
        }
        return policy == Policy.IGNORE ? null : Integer.valueOf(replacement);
    }
}
