package sungu.conformance;

import java.io.Serial;

/**
 * A case asks for something that Sungu does not have; it counts as failed, also where an error is
 * the recorded result.
 */
public final class Unsupported extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /** What is missing. */
    public Unsupported(String what) {
        super(what, null, false, false);
    }
}
