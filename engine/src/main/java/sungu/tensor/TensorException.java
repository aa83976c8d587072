package sungu.tensor;

import org.jspecify.annotations.Nullable;

import java.io.Serial;

/**
 * A wrong use of tensors: what was wrong, with which types, and a hint what to do.
 *
 * <p>While the error travels up through layers, each adds where it happened with {@link #in}.
 */
public class TensorException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String problem;
    private final String hint;
    private final String places;

    /** An error without a hint. */
    public TensorException(String problem) {
        this(problem, "");
    }

    /** An error with a hint what to do. */
    public TensorException(String problem, String hint) {
        this(problem, hint, "", null);
    }

    private TensorException(
            String problem, String hint, String places, @Nullable TensorException cause) {
        super(problem + places + (hint.isEmpty() ? "" : "\n  hint: " + hint), cause);
        this.problem = problem;
        this.hint = hint;
        this.places = places;
    }

    /**
     * The same error with one more line that says where it happened, such as {@code layer 'dense'
     * (Dense)}.
     */
    public TensorException in(String place) {
        var located = new TensorException(problem, hint, places + "\n  in " + place, this);
        located.setStackTrace(getStackTrace());
        return located;
    }

    /** What was wrong, in one line. */
    public String problem() {
        return problem;
    }

    /** What to do about it; may be empty. */
    public String hint() {
        return hint;
    }
}
