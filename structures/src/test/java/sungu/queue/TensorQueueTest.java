package sungu.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sungu.queue.QueueException.Reason;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@Timeout(120)
class TensorQueueTest {
    private static final Component NUMBER = Component.of(DType.INT32, new int[0]);

    private static int next(TensorQueue queue) {
        return queue.dequeue().getLast().intValue();
    }

    private static Reason reason(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(QueueException.class, call).reason();
    }

    @Test
    void elementsComeOutInTheOrderOfTheKind() {
        var fifo = TensorQueue.fifo(5, NUMBER);
        fifo.enqueueMany(Tensor.ofInts(3, 1, 2));
        assertArrayEquals(new int[] {3, 1}, fifo.dequeueMany(2).get(0).toInts());

        var priority = TensorQueue.priority(5, NUMBER);
        priority.enqueueMany(Tensor.of(new long[] {2, 1, 2, 1}), Tensor.ofInts(1, 2, 3, 4));
        var all = priority.dequeueMany(4);
        assertArrayEquals(new long[] {1, 1, 2, 2}, all.get(0).toLongs());
        assertArrayEquals(new int[] {2, 4, 1, 3}, all.get(1).toInts());
    }

    @Test
    void theSameSeedGivesTheSameOrder() {
        var orders = new ArrayList<String>();
        for (long seed : new long[] {1, 1, 2}) {
            var queue = TensorQueue.shuffle(100, 0, seed, NUMBER);
            for (int i = 0; i < 50; i++) {
                queue.enqueue(Tensor.of(i));
            }
            var drawn = queue.dequeueMany(50).get(0).toInts();
            orders.add(java.util.Arrays.toString(drawn));
            java.util.Arrays.sort(drawn);
            for (int i = 0; i < 50; i++) {
                assertEquals(i, drawn[i]);
            }
        }
        assertEquals(orders.get(0), orders.get(1));
        assertTrue(!orders.get(0).equals(orders.get(2)));
    }

    @Test
    void aReserveStaysUntilTheQueueIsClosed() {
        var queue = TensorQueue.shuffle(10, 2, 7, NUMBER);
        queue.enqueueMany(Tensor.ofInts(1, 2, 3));
        queue.dequeue();
        assertEquals(Reason.TIMEOUT, reason(() -> queue.dequeue(Duration.ofMillis(20))));
        queue.close();
        assertEquals(2, queue.dequeueUpTo(9).get(0).size());
    }

    @Test
    void paddingFillsUpToTheLargest() {
        var queue = TensorQueue.paddingFifo(5, Component.of(DType.FLOAT32, 2, Shape.UNKNOWN));
        queue.enqueue(Tensor.of(new float[][] {{1}, {2}}));
        queue.enqueue(Tensor.of(new float[][] {{1, 2}, {3, 4}}));
        var both = queue.dequeueMany(2).get(0);
        assertArrayEquals(new float[] {1, 0, 2, 0, 1, 2, 3, 4}, both.toFloats());
        assertEquals(Shape.of(0, 2, 0), queue.dequeueMany(0).get(0).shape());
    }

    @Test
    void elementsHaveTheComponentsDeclared() {
        var queue =
                TensorQueue.fifo(
                        3,
                        Component.of(DType.INT32, new int[0]).named("id"),
                        Component.of(DType.STRING, 2).named("words"));
        queue.enqueue(Map.of("words", Tensor.of(new String[] {"a", "b"}), "id", Tensor.of(7)));
        assertEquals(7, queue.named(queue.dequeue()).get("id").intValue());
        assertThrows(TensorException.class, () -> queue.enqueue(Tensor.of(1)));
        var error =
                assertThrows(
                        TensorException.class,
                        () -> queue.enqueue(Tensor.of(1), Tensor.of(new String[] {"a"})));
        assertEquals(
                "FIFO queue: elements are [id i32[], words str[2]], got [i32[], str[1]]",
                error.problem());
        var free = TensorQueue.fifo(3, Component.of(DType.INT32));
        free.enqueue(Tensor.ofInts(1, 2));
        assertThrows(TensorException.class, () -> free.dequeueMany(1));
        assertEquals(2, free.dequeue().get(0).size());
    }

    @Test
    void aFullQueueMakesWait() throws Exception {
        var queue = TensorQueue.fifo(1, NUMBER);
        queue.enqueue(Tensor.of(1));
        assertEquals(
                Reason.TIMEOUT, reason(() -> queue.enqueue(Duration.ofMillis(20), Tensor.of(2))));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> queue.enqueue(Tensor.of(3)));
            assertEquals(1, next(queue));
            waiting.get();
            assertEquals(3, next(queue));
        }
    }

    @Test
    void closingLetsWaitingOnesFinishUnlessTheyAreCancelled() throws Exception {
        for (boolean cancel : new boolean[] {false, true}) {
            var queue = TensorQueue.fifo(1, NUMBER);
            queue.enqueue(Tensor.of(1));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var waiting = waiting(threads.submit(call(() -> queue.enqueue(Tensor.of(2)))));
                queue.close(cancel);
                assertEquals(Reason.CLOSED, reason(() -> queue.enqueue(Tensor.of(3))));
                if (cancel) {
                    assertEquals(Reason.CLOSED, reason(waiting));
                }
                assertEquals(1, next(queue));
                if (!cancel) {
                    assertEquals(2, next(queue));
                }
                assertEquals(Reason.EXHAUSTED, reason(queue::dequeue));
                assertTrue(queue.isClosed());
            }
        }
    }

    @Test
    void aCallThatFailsTakesNothingOut() throws Exception {
        var queue = TensorQueue.fifo(5, NUMBER);
        queue.enqueueMany(Tensor.ofInts(1, 2));
        assertEquals(Reason.TIMEOUT, reason(() -> queue.dequeueMany(3, Duration.ofMillis(20))));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var thread = new Thread[1];
            var interrupted =
                    waiting(
                            threads.submit(
                                    call(() -> {
                                        thread[0] = Thread.currentThread();
                                        queue.dequeueMany(3);
                                    })));
            thread[0].interrupt();
            assertEquals(Reason.INTERRUPTED, reason(interrupted));
        }
        assertArrayEquals(new int[] {1, 2}, queue.dequeueMany(2).get(0).toInts());
        queue.close();
        assertEquals(Reason.EXHAUSTED, reason(() -> queue.dequeueUpTo(1)));
        assertEquals(Reason.CLOSED, reason(queue::close));
    }

    @Test
    void moreComeOutThanTheQueueHolds() throws Exception {
        var queue = TensorQueue.fifo(2, NUMBER);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var many = threads.submit(() -> queue.dequeueMany(20));
            queue.enqueueMany(Tensor.ofInts(java.util.stream.IntStream.range(0, 20).toArray()));
            assertEquals(20, many.get().get(0).size());
        }
    }

    private static Callable<Void> call(Runnable body) {
        return () -> {
            body.run();
            return null;
        };
    }

    /** A call that is surely waiting by now; what comes of it. */
    private static org.junit.jupiter.api.function.Executable waiting(Future<?> call)
            throws InterruptedException {
        Thread.sleep(100);
        assertTrue(!call.isDone());
        return () -> {
            try {
                call.get();
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        };
    }

    enum Kind {
        FIFO,
        PADDING,
        PRIORITY,
        SHUFFLE
    }

    /** Many producers and consumers of all sorts lose nothing and double nothing. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void nothingIsLostOrDoubled(Kind kind) throws Exception {
        int producers = 8;
        int each = 2000;
        var queue =
                switch (kind) {
                    case FIFO -> TensorQueue.fifo(7, NUMBER);
                    case PADDING -> TensorQueue.paddingFifo(7, NUMBER);
                    case PRIORITY -> TensorQueue.priority(7, NUMBER);
                    case SHUFFLE -> TensorQueue.shuffle(7, 3, 5, NUMBER);
                };
        boolean ranked = kind == Kind.PRIORITY;
        var seen = new BitSet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var producing = new ArrayList<Future<?>>();
            for (int p = 0; p < producers; p++) {
                int from = p * each;
                boolean many = p % 2 == 0;
                producing.add(threads.submit(call(() -> produce(queue, from, each, many, ranked))));
            }
            var consuming = new ArrayList<Future<List<Integer>>>();
            for (int c = 0; c < 6; c++) {
                int way = c % 3;
                consuming.add(threads.submit(() -> consume(queue, way)));
            }
            for (var done : producing) {
                done.get();
            }
            queue.close();
            for (var taken : consuming) {
                for (int number : taken.get()) {
                    assertTrue(!seen.get(number), "twice: " + number);
                    seen.set(number);
                }
            }
        }
        assertEquals(0, queue.size());
        assertEquals(producers * each, seen.cardinality());
    }

    private static void produce(
            TensorQueue queue, int from, int count, boolean many, boolean ranked) {
        for (int i = from; i < from + count; ) {
            int step = many ? 1 + i % 5 : 1;
            step = Math.min(step, from + count - i);
            int first = i;
            var numbers =
                    Tensor.ofInts(java.util.stream.IntStream.range(first, first + step).toArray());
            var ranks = numbers.rem(13).cast(DType.INT64);
            if (ranked) {
                queue.enqueueMany(ranks, numbers);
            } else {
                queue.enqueueMany(numbers);
            }
            i += step;
        }
    }

    /** One at a time, many at a time, or many in little time, until nothing is left. */
    private static List<Integer> consume(TensorQueue queue, int way) {
        var taken = new ArrayList<Integer>();
        while (true) {
            try {
                var element =
                        switch (way) {
                            case 0 -> queue.dequeue();
                            case 1 -> queue.dequeueUpTo(9);
                            default -> queue.dequeueMany(3, Duration.ofMillis(1));
                        };
                for (int number : element.getLast().toInts()) {
                    taken.add(number);
                }
            } catch (QueueException e) {
                if (e.reason() == Reason.TIMEOUT) {
                    continue;
                }
                if (way == 2 && queue.size() > 0) {
                    way = 1;
                    continue;
                }
                return taken;
            }
        }
    }
}
