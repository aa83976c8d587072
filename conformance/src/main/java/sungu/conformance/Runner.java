package sungu.conformance;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Runs cases on several threads. Those that change global settings wait and run by themselves at
 * the end. A case that takes too long is given up: its thread is left alone and another takes its
 * place.
 */
public final class Runner {
    private static final long STACK_BYTES = 16L << 20;
    private static final long CHECK_MILLIS = 100;

    private record Line(Path file, String json) {}

    private final Judge judge;
    private final Predicate<Case> wanted;
    private final int threads;
    private final long limitNanos;
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Queue<Case> alone = new ConcurrentLinkedQueue<>();

    /**
     * @param wanted which cases to run
     * @param seconds how long one case may take
     */
    public Runner(Judge judge, Predicate<Case> wanted, int threads, int seconds) {
        this.judge = judge;
        this.wanted = wanted;
        this.threads = threads;
        this.limitNanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Runs all cases under these paths; the outcomes are sorted by kind, name and id. */
    public List<Outcome> run(List<Path> paths) throws IOException, InterruptedException {
        var lines = new ArrayBlockingQueue<Line>(4 * threads);
        var pool =
                new Pool(
                        threads,
                        () -> {
                            var line = lines.poll(CHECK_MILLIS, TimeUnit.MILLISECONDS);
                            return line == null
                                    ? null
                                    : new Case(JsonTree.object(line.json), line.file);
                        },
                        true);
        CaseFiles.each(paths, (file, json) -> put(lines, new Line(file, json), pool));
        pool.finish();
        new Pool(1, alone::poll, false).finish();
        var sorted = new ArrayList<>(outcomes);
        sorted.sort((a, b) -> {
            int kinds = a.kind().compareTo(b.kind());
            int names = kinds != 0 ? kinds : a.name().compareTo(b.name());
            return names != 0 ? names : a.id().compareTo(b.id());
        });
        return sorted;
    }

    private static void put(BlockingQueue<Line> lines, Line line, Pool pool)
            throws InterruptedException {
        while (!lines.offer(line, CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
            pool.replaceStuck();
        }
    }

    /** Where the next case comes from: null when there is none now. */
    private interface Source {
        @Nullable Case next() throws InterruptedException;
    }

    private final class Pool {
        private final Source source;
        private final boolean postpone;
        private final List<Worker> workers = new ArrayList<>();
        private volatile boolean complete;

        Pool(int size, Source source, boolean postpone) {
            this.source = source;
            this.postpone = postpone;
            for (int i = 0; i < size; i++) {
                workers.add(new Worker(this));
            }
            workers.forEach(Worker::start);
        }

        /** Replaces threads whose case takes too long. */
        void replaceStuck() {
            for (int i = 0; i < workers.size(); i++) {
                if (workers.get(i).giveUpWhenLate()) {
                    var next = new Worker(this);
                    workers.set(i, next);
                    next.start();
                }
            }
        }

        /** Waits until all cases are done. */
        void finish() throws InterruptedException {
            complete = true;
            while (workers.stream().anyMatch(worker -> !worker.done)) {
                replaceStuck();
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    private final class Worker {
        /** A case under way; whoever closes it, the worker or the watch, reports its outcome. */
        private record Current(Case recorded, long since, AtomicBoolean closed) {}

        private final Pool pool;
        private final Thread thread;
        private volatile @Nullable Current current;
        private volatile boolean done;

        Worker(Pool pool) {
            this.pool = pool;
            thread = new Thread(null, this::work, "replay", STACK_BYTES);
            thread.setDaemon(true);
        }

        void start() {
            thread.start();
        }

        private void work() {
            try {
                boolean mine = true;
                while (mine) {
                    boolean last = pool.complete;
                    var recorded = pool.source.next();
                    if (recorded != null) {
                        mine = one(recorded);
                    } else if (last) {
                        done = true;
                        return;
                    }
                }
            } catch (InterruptedException e) {
                done = true;
            }
        }

        private boolean one(Case recorded) {
            if (!wanted.test(recorded)) {
                return true;
            }
            if (pool.postpone && needsSolitude(recorded)) {
                alone.add(recorded);
                return true;
            }
            var now = new Current(recorded, System.nanoTime(), new AtomicBoolean());
            current = now;
            var outcome = judge.judge(recorded);
            boolean mine = now.closed.compareAndSet(false, true);
            current = null;
            if (mine) {
                outcomes.add(outcome);
            }
            return mine;
        }

        boolean giveUpWhenLate() {
            var now = current;
            if (now == null
                    || System.nanoTime() - now.since < limitNanos
                    || !now.closed.compareAndSet(false, true)) {
                return false;
            }
            outcomes.add(
                    Judge.outcome(
                            now.recorded,
                            "given up after " + TimeUnit.NANOSECONDS.toSeconds(limitNanos) + " s"));
            thread.interrupt();
            return true;
        }
    }

    /** Whether a case changes what others see: global settings or the global seed. */
    private static boolean needsSolitude(Case recorded) {
        return recorded.has("env") || recorded.kind().equals("global_seed");
    }
}
