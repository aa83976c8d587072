package sungu.kernel;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Loops over ranges on several threads. Ranges are split in chunks whose borders depend on the
 * length alone, never on the number of threads, so that results have the same bits with any number
 * of them.
 *
 * <p>The calling thread takes part, and takes chunks until none is left; workers take some of them
 * if they come in time. A caller waits for chunks that a worker has begun, never for a worker that
 * has not begun. So any number of threads may call, and each gets on without the others: one that
 * finds the workers busy does all of its chunks itself, and so does a loop within a chunk.
 */
public final class Parallel {
    /** A loop over part of a range. */
    public interface Range {
        /** Runs from an index (inclusive) to another (exclusive). */
        void run(int from, int to);
    }

    /** Work shorter than this is done before a parked worker would have woken up. */
    private static final long WAKE_NANOS = 40_000;

    /** How long a caller looks for the end of others' chunks without giving up its processor. */
    private static final long SPIN_NANOS = 20_000;

    /** How long it yields its processor before it parks. */
    private static final long YIELD_NANOS = 200_000;

    private static final ThreadLocal<Loop> LOOPS = ThreadLocal.withInitial(Loop::new);

    private static volatile int threads = initial();
    private static volatile Worker[] workers = new Worker[0];

    private Parallel() {}

    private static int initial() {
        var property = System.getProperty("sungu.threads");
        var given = property != null ? property : System.getenv("SUNGU_THREADS");
        int processors = Runtime.getRuntime().availableProcessors();
        if (given == null) {
            return processors;
        }
        if (given.strip().matches("[1-9][0-9]{0,3}")) {
            return Integer.parseInt(given.strip());
        }
        System.getLogger(Parallel.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        String.format(
                                Locale.ROOT,
                                "sungu.threads: '%s' is not a number from 1 to 9999; using the %d"
                                        + " processors",
                                given,
                                processors));
        return processors;
    }

    /** The number of threads that kernels may use. */
    public static int threads() {
        return threads;
    }

    /**
     * The number of threads to split work for, where that costs something: 1 in a chunk, and while
     * this thread does without workers.
     */
    static int available() {
        if (threads == 1 || Thread.currentThread() instanceof Worker) {
            return 1;
        }
        var loop = LOOPS.get();
        return loop.body != null || loop.balance.rests(System.nanoTime()) ? 1 : threads;
    }

    /** Sets the number of threads that kernels may use; at least 1. */
    public static void threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + count);
        }
        threads = count;
    }

    /**
     * Runs {@code body} over 0 to {@code n} in chunks of {@code chunk}, side by side where there
     * are several.
     */
    public static void loop(int n, int chunk, Range body) {
        loop(n, chunk, 0, body);
    }

    /**
     * The same for chunks that are known to take long: parked workers are woken up before the first
     * chunk rather than once it has shown what a chunk takes.
     *
     * @param nanos what a chunk takes at least; 0 if that is not known
     */
    public static void loop(int n, int chunk, long nanos, Range body) {
        loop(n, chunk, nanos, 0, body);
    }

    /**
     * The same for work that takes longer in chunks than as a whole.
     *
     * @param lost about the part of the time that a whole would not take; workers that save less
     *     are not asked for a while
     */
    static void loop(int n, int chunk, long nanos, double lost, Range body) {
        if (n > chunk && threads > 1 && !(Thread.currentThread() instanceof Worker)) {
            var loop = LOOPS.get();
            if (loop.body == null) {
                loop.run(n, chunk, nanos, lost, body);
                return;
            }
        }
        for (int from = 0; from < n; ) {
            int to = n - from > chunk ? from + chunk : n;
            body.run(from, to);
            from = to;
        }
    }

    /** The workers that a loop may invite, begun at their first use. */
    private static Worker[] workers(int count) {
        var current = workers;
        if (current.length < count) {
            synchronized (Parallel.class) {
                current = workers;
                if (current.length < count) {
                    var more = Arrays.copyOf(current, count);
                    for (int i = current.length; i < count; i++) {
                        more[i] = new Worker(i + 1);
                        more[i].start();
                    }
                    workers = current = more;
                }
            }
        }
        return current;
    }

    /** A loop that a thread is in; used again for its next one. */
    static final class Loop {
        private final AtomicInteger next = new AtomicInteger();

        /** Workers that were invited and have neither finished nor been sent away. */
        private final AtomicInteger guests = new AtomicInteger();

        private int n;
        private int chunk;
        private int chunks;
        private long end = System.nanoTime();
        private final Balance balance = new Balance(end);
        private long missed;
        @Nullable Range body;
        private volatile @Nullable Thread waiting;
        private volatile @Nullable Throwable failure;

        void run(int length, int size, long nanos, double lost, Range work) {
            n = length;
            chunk = size;
            chunks = (int) (((long) n + chunk - 1) / chunk);
            long begin = System.nanoTime();
            int helpers = balance.rests(begin) ? 0 : Math.min(threads, chunks) - 1;
            var all = workers(helpers);
            body = work;
            failure = null;
            next.setRelease(0);
            boolean asked = false;
            boolean known = (chunks - 1) * nanos > WAKE_NANOS;
            for (int i = 0; i < helpers; i++) {
                if (known || !all[i].parked()) {
                    asked |= invite(all[i]);
                }
            }
            int first = next.getAndIncrement();
            if (first < chunks) {
                attempt(first);
            }
            int left = chunks - next.getPlain();
            if (left > 0 && missed(begin, left) > WAKE_NANOS) {
                for (int i = 0; i < Math.min(helpers, left); i++) {
                    if (all[i].parked()) {
                        asked |= invite(all[i]);
                    }
                }
            }
            int done = 1 + work();
            end = System.nanoTime();
            if (asked) {
                long own = end - begin;
                for (int i = 0; i < helpers; i++) {
                    if (all[i].dismiss(this)) {
                        leave();
                    }
                }
                await(end);
                end = System.nanoTime();
                balance.add(lost, own, done, chunks - done, end - begin - own, end);
            }
            body = null;
            var thrown = failure;
            if (thrown != null) {
                failure = null;
                switch (thrown) {
                    case Error error -> throw error;
                    case RuntimeException exception -> throw exception;
                    default -> throw new IllegalStateException(thrown);
                }
            }
        }

        private boolean invite(Worker worker) {
            boolean free = worker.invite(this);
            if (free) {
                worker.wake();
            }
            return free;
        }

        /**
         * How long the chunks that workers could take will have taken in this loop and in those
         * just before: a worker that is late for one loop is there for the next.
         */
        private long missed(long begin, int left) {
            if (begin - end > Worker.YIELD_NANOS) {
                missed = 0;
            }
            missed += left * (System.nanoTime() - begin);
            return missed;
        }

        @SuppressWarnings("ThreadPriorityCheck") // yields after having spun, before parking
        private void await(long start) {
            long waited = 0;
            while (guests.get() > 0 && waited < YIELD_NANOS) {
                if (waited < SPIN_NANOS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
                waited = System.nanoTime() - start;
            }
            if (guests.get() > 0) {
                waiting = Thread.currentThread();
                while (guests.get() > 0) {
                    LockSupport.parkNanos(this, 1_000_000);
                }
                waiting = null;
            }
        }

        /** Takes chunks until none is left, and says how many. */
        int work() {
            int done = 0;
            for (int i = next.getAndIncrement(); i < chunks; i = next.getAndIncrement()) {
                attempt(i);
                done++;
            }
            return done;
        }

        private void attempt(int index) {
            var work = body;
            int from = index * chunk;
            int to = n - from > chunk ? from + chunk : n;
            try {
                if (work != null) {
                    work.run(from, to);
                }
            } catch (Throwable e) {
                failure = e;
                next.set(chunks);
            }
        }

        /** Called before a worker may begin. */
        void expect() {
            guests.incrementAndGet();
        }

        /** Called by a worker that has found no more chunks, or will not come. */
        void leave() {
            if (guests.decrementAndGet() == 0) {
                // A loop belongs to one thread: at worst it is woken up when it waits for others.
                LockSupport.unpark(waiting);
            }
        }
    }
}
