package sungu.kernel;

/**
 * What workers save a thread that asks them for help. Where other processes want the processors,
 * workers come late, or lose their processor amid a chunk that everybody waits for. Then the thread
 * does without them for a while, and for twice as long each time, until they have helped well
 * again.
 */
final class Balance {
    /** What workers must save at least, as a part of the time that the thread works itself. */
    private static final double LEAST = 1.0 / 8;

    /**
     * They are not asked once they are so far behind; a share of it that stays makes a trial short.
     */
    private static final long DEBT = 2_000_000;

    /** So much of what they saved counts when they are late; having saved it, they help well. */
    private static final long CREDIT = 10_000_000;

    private static final long SHORTEST = 10_000_000;
    private static final long LONGEST = 200_000_000;

    private long debt;
    private long rest = SHORTEST;
    private long until;

    /**
     * A new balance, with nothing saved nor lost.
     *
     * @param now the time, as in all methods by {@link System#nanoTime}
     */
    Balance(long now) {
        until = now;
    }

    /** Whether the thread does without workers for now. */
    boolean rests(long now) {
        return now - until < 0;
    }

    /**
     * Adds a loop that workers were asked to help with.
     *
     * @param lost the part of the work that is there only because it was split
     * @param own how long the thread worked in it
     * @param done how many chunks that were
     * @param others how many chunks workers did
     * @param waited how long the thread then waited for them
     */
    void add(double lost, long own, int done, int others, long waited, long now) {
        double gain = own * ((double) others / done - lost - LEAST) - waited;
        debt = Math.max(debt - (long) gain, -CREDIT);
        if (debt == -CREDIT) {
            rest = SHORTEST;
        } else if (debt > DEBT) {
            until = now + rest;
            rest = Math.min(2 * rest, LONGEST);
            debt = DEBT / 2;
        }
    }
}
