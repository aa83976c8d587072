package sungu.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BalanceTest {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    /** Close to the end of time, where sums of times overflow. */
    private long now = Long.MAX_VALUE - MILLI;

    private final Balance balance = new Balance(now);

    /** What splitting costs in loops. */
    private double lost = 0.2;

    private void loop(long own, int done, int others, long waited) {
        now += own + waited;
        balance.add(lost, own, done, others, waited, now);
    }

    /** A loop of eight chunks of which a worker does half. */
    private void helped(int times) {
        for (int i = 0; i < times; i++) {
            loop(400 * MICRO, 4, 4, 10 * MICRO);
        }
    }

    /** How long workers are asked in vain until they are not any more. */
    private long untilRest() {
        long start = now;
        while (!balance.rests(now)) {
            loop(800 * MICRO, 8, 0, 0);
            assertTrue(now - start < 1000 * MILLI);
        }
        return now - start;
    }

    /** Goes on in time until workers are asked again. */
    private long rest() {
        long start = now;
        while (balance.rests(now)) {
            now += MILLI / 10;
        }
        return (now - start) / MILLI;
    }

    @Test
    void workersThatNeverComeAreAskedLessAndLess() {
        assertTrue(untilRest() < 10 * MILLI);
        assertEquals(10, rest());
        for (int rest : new int[] {20, 40, 80, 160, 200, 200}) {
            assertTrue(untilRest() < 5 * MILLI);
            assertEquals(rest, rest());
        }
    }

    @Test
    void workersThatHelpAreAskedOn() {
        for (int i = 0; i < 1000; i++) {
            helped(1);
            assertFalse(balance.rests(now));
        }
    }

    @Test
    void oneLateWorkerAmongLoopsThatWentWellIsForgiven() {
        for (int i = 0; i < 100; i++) {
            helped(30);
            loop(400 * MICRO, 4, 4, 4 * MILLI);
            assertFalse(balance.rests(now));
        }
    }

    @Test
    void workersThatAreLateEachTimeAreNotAsked() {
        for (int i = 0; i < 5 && !balance.rests(now); i++) {
            loop(400 * MICRO, 4, 4, 4 * MILLI);
        }
        assertTrue(balance.rests(now));
    }

    @Test
    void aLittleHelpDoesNotPay() {
        long start = now;
        while (!balance.rests(now)) {
            loop(600 * MICRO, 6, 1, 0);
            assertTrue(now - start < 100 * MILLI);
        }
    }

    @Test
    void restsAreShortAgainOnceWorkersHaveHelped() {
        for (int i = 0; i < 6; i++) {
            untilRest();
            rest();
        }
        helped(100);
        untilRest();
        assertEquals(10, rest());
    }
}
