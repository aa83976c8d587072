package sungu.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import sungu.Sungu;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

class ParallelTest {
    private final int before = Sungu.threads();

    @AfterEach
    void reset() {
        Sungu.threads(before);
    }

    /** The chunks of a loop, sorted. */
    private static Set<String> chunks(int n, int chunk) {
        var found = new ConcurrentSkipListSet<String>();
        Parallel.loop(
                n, chunk, (from, to) -> assertTrue(found.add("%02d-%02d".formatted(from, to))));
        return found;
    }

    @Test
    void chunksAreTheSameForAnyNumberOfThreads() {
        for (int threads : new int[] {1, 2, 7}) {
            Sungu.threads(threads);
            assertEquals(Set.of("00-04", "04-08", "08-10"), chunks(10, 4));
            assertEquals(Set.of("00-04"), chunks(4, 4));
            assertEquals(Set.of(), chunks(0, 4));
        }
    }

    @Test
    void chunksAtTheEndOfTheLargestRange() {
        Sungu.threads(3);
        var last = new AtomicIntegerArray(1);
        Parallel.loop(
                Integer.MAX_VALUE,
                1 << 30,
                (from, to) -> {
                    assertTrue(from < to, () -> from + "-" + to);
                    last.accumulateAndGet(0, to, Math::max);
                });
        assertEquals(Integer.MAX_VALUE, last.get(0));
    }

    @Test
    void workersHelpWithLongLoops() {
        Sungu.threads(3);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        // On a busy machine callers do without workers for a while.
        for (int tries = 0; tries < 50 && seen.size() < 2; tries++) {
            Parallel.loop(
                    100,
                    1,
                    (from, to) -> {
                        seen.add(Thread.currentThread());
                        sleep(1);
                    });
        }
        assertTrue(seen.contains(Thread.currentThread()));
        assertTrue(seen.size() > 1 && seen.size() <= 3, seen.toString());
        seen.remove(Thread.currentThread());
        assertTrue(seen.stream().allMatch(Thread::isDaemon));
    }

    @Test
    void aLoopInAChunkRunsInItsThread() {
        Sungu.threads(4);
        Parallel.loop(
                50,
                1,
                (from, to) -> {
                    var thread = Thread.currentThread();
                    sleep(1);
                    assertEquals(1, Parallel.available());
                    Parallel.loop(20, 1, (a, b) -> assertSame(thread, Thread.currentThread()));
                });
    }

    @Test
    void anErrorOfAChunkLeavesTheLoopAndTheNextOneRuns() {
        Sungu.threads(3);
        for (int bad : new int[] {0, 57, 99}) {
            var error =
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    Parallel.loop(
                                            100,
                                            1,
                                            (from, to) -> {
                                                sleep(1);
                                                if (from == bad) {
                                                    throw new IllegalStateException("at " + from);
                                                }
                                            }));
            assertEquals("at " + bad, error.getMessage());
            assertEquals(3, chunks(10, 4).size());
        }
    }

    @Test
    void manyCallersAtOnceDoTheirOwnWork() throws Exception {
        Sungu.threads(3);
        var expected = squares();
        for (boolean virtual : new boolean[] {false, true}) {
            var begin = new CountDownLatch(1);
            try (var executor =
                    virtual
                            ? Executors.newVirtualThreadPerTaskExecutor()
                            : Executors.newFixedThreadPool(64)) {
                var running = new ArrayList<Future<?>>();
                for (int i = 0; i < 64; i++) {
                    running.add(
                            executor.submit(() -> {
                                begin.await();
                                for (int round = 0; round < 100; round++) {
                                    assertArrayEquals(expected, squares());
                                }
                                return null;
                            }));
                }
                begin.countDown();
                for (var task : running) {
                    task.get(60, TimeUnit.SECONDS);
                }
            }
        }
    }

    private static long[] squares() {
        var out = new long[5000];
        Parallel.loop(
                out.length,
                100,
                (from, to) -> {
                    for (int i = from; i < to; i++) {
                        out[i] += (long) i * i;
                    }
                });
        return out;
    }

    @Test
    void threadsAreAtLeastOne() {
        var error = assertThrows(IllegalArgumentException.class, () -> Sungu.threads(0));
        assertEquals("threads must be at least 1, got 0", error.getMessage());
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
