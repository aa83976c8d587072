package sungu.conformance;

import java.io.Serial;

/** A case of an operation that is marked as one that runs eagerly only; it is left out. */
public final class EagerOnly extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /** Why. */
    public EagerOnly(String reason) {
        super(reason, null, false, false);
    }
}
