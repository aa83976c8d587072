package sungu.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sungu.keras.callbacks.Callback;
import sungu.keras.callbacks.Logs;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What a warm training step leaves to the collector: nothing. */
class AllocationTest {
    private static final int STEPS = 15;
    private static final int WARM = 10;
    private static final int EPOCHS = WARM + 20;

    /** Per late epoch what all threads allocate from the begin of step 5 to the end of step 12. */
    private static class Allocations extends Callback {
        private final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final List<Long> bytes = new ArrayList<>();
        private Thread[] threads = {};
        private boolean warm;
        private long start;

        @Override
        public void onEpochBegin(int epoch) {
            warm = epoch >= WARM;
            // The workers of the pool, too.
            threads =
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(thread ->
                                    thread == Thread.currentThread()
                                            || thread.getName().startsWith("sungu-"))
                            .toArray(Thread[]::new);
        }

        private long allocated() {
            long sum = 0;
            for (var thread : threads) {
                sum += bean.getThreadAllocatedBytes(thread.threadId());
            }
            return sum;
        }

        @Override
        public void onTrainBatchBegin(int batch) {
            if (warm && batch == 5) {
                start = allocated();
            }
        }

        @Override
        public void onTrainBatchEnd(int batch, Logs logs) {
            if (warm && batch == 12) {
                bytes.add(allocated() - start);
            }
        }
    }

    private static void fit(WarmModels kind, Allocations seen) {
        int rows = STEPS * 32;
        kind.compiled()
                .fit(
                        kind.inputs(rows),
                        WarmModels.targets(rows),
                        f -> f.epochs(EPOCHS).batchSize(32).verbose(0).callbacks(seen));
    }

    /**
     * The middle of twenty epochs: now and then the virtual machine itself makes an object for a
     * thread, where it takes back what it has compiled.
     */
    private static long middle(List<Long> bytes) {
        assertEquals(EPOCHS - WARM, bytes.size());
        return bytes.stream().sorted().skip(bytes.size() / 2).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void aWarmStepAllocatesNothing(WarmModels kind) {
        var seen = new Allocations();
        fit(kind, seen);
        assertEquals(0, middle(seen.bytes), () -> kind + ": " + seen.bytes);
    }

    @Test
    void oneObjectPerStepIsSeen() {
        var seen =
                new Allocations() {
                    private Object last = "";

                    @Override
                    public void onTrainBatchBegin(int batch) {
                        super.onTrainBatchBegin(batch);
                        last = List.of(last.hashCode(), batch);
                    }
                };
        fit(WarmModels.DENSE, seen);
        assertTrue(middle(seen.bytes) >= 8 * 16, () -> "" + seen.bytes);
    }
}
