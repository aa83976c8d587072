package sungu.kernel;

import java.io.Serial;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;

/**
 * Loops over ranges on several threads. Ranges are split in chunks whose borders depend on the
 * length alone, never on the number of threads, so that results have the same bits with any number
 * of them.
 */
public final class Parallel {
    /** A loop over part of a range. */
    public interface Range {
        /** Runs from an index (inclusive) to another (exclusive). */
        void run(int from, int to);
    }

    private static volatile int threads = Runtime.getRuntime().availableProcessors();

    private Parallel() {}

    /** The number of threads that kernels may use. */
    public static int threads() {
        return threads;
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
        int chunks = (n + chunk - 1) / chunk;
        int workers = Math.min(threads, chunks);
        if (workers <= 1) {
            for (int from = 0; from < n; from += chunk) {
                body.run(from, Math.min(n, from + chunk));
            }
            return;
        }
        var next = new java.util.concurrent.atomic.AtomicInteger();
        var tasks = new ForkJoinTask<?>[workers - 1];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = ForkJoinPool.commonPool().submit(new Worker(n, chunk, chunks, next, body));
        }
        new Worker(n, chunk, chunks, next, body).compute();
        for (var task : tasks) {
            // A task that no worker has begun yet is taken back: all chunks are done or being done
            // by then.
            if (!task.tryUnfork()) {
                task.join();
            } else {
                task.cancel(false);
            }
        }
    }

    private static final class Worker extends RecursiveAction {
        @Serial private static final long serialVersionUID = 1L;
        private final int n;
        private final int chunk;
        private final int chunks;
        private final transient java.util.concurrent.atomic.AtomicInteger next;
        private final transient Range body;

        Worker(
                int n,
                int chunk,
                int chunks,
                java.util.concurrent.atomic.AtomicInteger next,
                Range body) {
            this.n = n;
            this.chunk = chunk;
            this.chunks = chunks;
            this.next = next;
            this.body = body;
        }

        @Override
        protected void compute() {
            for (int i = next.getAndIncrement(); i < chunks; i = next.getAndIncrement()) {
                body.run(i * chunk, (int) Math.min(n, (i + 1L) * chunk));
            }
        }
    }
}
