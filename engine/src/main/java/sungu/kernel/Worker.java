package sungu.kernel;

import org.jspecify.annotations.Nullable;

import sungu.kernel.Parallel.Loop;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A daemon thread that helps with loops. It looks out for an invitation for a few microseconds
 * after each, then for a while whenever no other thread wants its processor, then parks.
 */
final class Worker extends Thread {
    private static final long SPIN_NANOS = 10_000;

    /** Two products of one row each, or two small steps of a loop, are rarely further apart. */
    static final long YIELD_NANOS = 100_000;

    private static final Loop BUSY = new Loop();

    /** Null while idle, the loop that it is invited to, or {@link #BUSY} once it has begun. */
    private final AtomicReference<@Nullable Loop> invitation = new AtomicReference<>();

    private volatile boolean parked;

    Worker(int number) {
        super(null, null, "sungu-" + number, 0, false);
        setDaemon(true);
        setContextClassLoader(Worker.class.getClassLoader());
    }

    /** Whether a guest must be woken up. */
    boolean parked() {
        return parked;
    }

    /** Has it look out for invitations again, whether there is one by then or not. */
    void wake() {
        if (parked) {
            parked = false;
            LockSupport.unpark(this);
        }
    }

    /** Asks this worker to take chunks of a loop; says whether it was free. */
    boolean invite(Loop loop) {
        if (invitation.get() != null) {
            return false;
        }
        loop.expect();
        if (invitation.compareAndSet(null, loop)) {
            return true;
        }
        loop.leave();
        return false;
    }

    /** Takes an invitation back; says whether this worker had not begun. */
    boolean dismiss(Loop loop) {
        return invitation.compareAndSet(loop, null);
    }

    @Override
    public void run() {
        while (true) {
            var loop = invitation.get();
            if (loop == null) {
                idle();
            } else if (invitation.compareAndSet(loop, BUSY)) {
                loop.work();
                invitation.set(null);
                loop.leave();
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // yields after having spun, before parking
    private void idle() {
        long start = System.nanoTime();
        long waited = 0;
        while (waited < YIELD_NANOS) {
            for (int i = 0; i < 16; i++) {
                if (invitation.getPlain() != null) {
                    return;
                }
                Thread.onSpinWait();
            }
            if (waited > SPIN_NANOS) {
                Thread.yield();
            }
            waited = System.nanoTime() - start;
        }
        parked = true;
        while (parked && invitation.get() == null) {
            LockSupport.park(this);
        }
        parked = false;
    }
}
