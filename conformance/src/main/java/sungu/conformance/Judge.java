package sungu.conformance;

import org.jspecify.annotations.Nullable;

import sungu.tensor.TensorException;

import java.util.Map;
import java.util.Objects;

/** Runs one case and judges it, whatever it throws. */
public final class Judge {
    /** How the difference of a case begins that is left out of a traced run. */
    static final String EAGER_ONLY = "eager only: ";

    private final Map<String, Kind> kinds;

    /** Judges cases of these kinds; others count as failed. */
    public Judge(Map<String, Kind> kinds) {
        this.kinds = kinds;
    }

    /** Runs a case. */
    public Outcome judge(Case recorded) {
        return outcome(recorded, difference(recorded));
    }

    static Outcome outcome(Case recorded, @Nullable String difference) {
        return new Outcome(
                recorded.kind(),
                recorded.name(),
                recorded.id(),
                String.valueOf(recorded.file().getFileName()),
                difference);
    }

    private @Nullable String difference(Case recorded) {
        var kind = kinds.get(recorded.kind());
        if (kind == null) {
            return "not supported: cases of kind " + recorded.kind();
        }
        try {
            kind.replay(recorded);
            return recorded.raises()
                    ? "expected an error, "
                            + recorded.field("raises")
                            + ": "
                            + recorded.field("message")
                    : null;
        } catch (Mismatch mismatch) {
            return recorded.raises()
                    ? "expected an error, " + recorded.field("raises") + "; got a result"
                    : mismatch.getMessage();
        } catch (EagerOnly marked) {
            return EAGER_ONLY + marked.getMessage();
        } catch (Unsupported missing) {
            return "not supported: " + missing.getMessage();
        } catch (StackOverflowError | OutOfMemoryError error) {
            return error.getClass().getSimpleName();
        } catch (Throwable error) { // one case must never stop the run
            return recorded.raises() && isRefusal(error) ? null : describe(error);
        }
    }

    /**
     * Whether an error is a considered one: Sungu's own errors and those for wrong arguments. What
     * shows a hole in the code (a null, an index, a cast) is not, and neither is a word that
     * something has yet to be written.
     */
    public static boolean isRefusal(Throwable error) {
        var message =
                Objects.requireNonNullElse(error.getMessage(), "")
                        .toLowerCase(java.util.Locale.ROOT);
        boolean unwritten =
                message.contains("not implemented")
                        || message.contains("not yet")
                        || message.contains("not supported yet");
        return !unwritten
                && (error instanceof TensorException
                        || error instanceof IllegalStateException
                        || error instanceof IllegalArgumentException
                                && !(error instanceof NumberFormatException));
    }

    private static String describe(Throwable error) {
        var text = String.valueOf(error.getMessage());
        var first = text.lines().findFirst().orElse("");
        var trace = error.getStackTrace();
        var place = error instanceof TensorException || trace.length == 0 ? "" : " at " + trace[0];
        return error.getClass().getSimpleName() + ": " + first + place;
    }
}
