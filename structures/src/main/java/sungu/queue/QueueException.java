package sungu.queue;

import sungu.tensor.TensorException;

import java.io.Serial;

/** Why a call on a queue could not be finished. */
public final class QueueException extends TensorException {
    @Serial private static final long serialVersionUID = 1L;

    /** The reasons. */
    public enum Reason {
        /** The queue takes no more elements. */
        CLOSED,
        /** The queue is closed and has too few elements. */
        EXHAUSTED,
        /** The time to wait is over. */
        TIMEOUT,
        /** The thread was interrupted; its interrupt flag is set again. */
        INTERRUPTED
    }

    private final Reason reason;

    QueueException(Reason reason, String problem) {
        super(problem);
        this.reason = reason;
    }

    /** Why the call failed. */
    public Reason reason() {
        return reason;
    }
}
