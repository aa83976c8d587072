package sungu.conformance;

import java.io.Serial;

/** A result differs from the recorded one. */
public final class Mismatch extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /** A difference in words. */
    public Mismatch(String difference) {
        super(difference, null, false, false);
    }
}
