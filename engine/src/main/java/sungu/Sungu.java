package sungu;

import sungu.kernel.Parallel;
import sungu.portable.Profile;

/** Settings of the engine as a whole, and what it has been doing. */
public final class Sungu {
    private Sungu() {}

    /**
     * The number of threads that work on one computation side by side, the calling one among them.
     * It is that of the processors, unless {@code -Dsungu.threads=n} or the environment variable
     * {@code SUNGU_THREADS} said otherwise when the process started.
     */
    public static int threads() {
        return Parallel.threads();
    }

    /**
     * Sets the number of threads that work on one computation side by side; results have the same
     * bits with any number. With 1, everything runs in the calling thread. Several threads may
     * compute at once whatever this number is.
     *
     * @throws IllegalArgumentException if {@code count} is less than 1
     */
    public static void threads(int count) {
        Parallel.threads(count);
    }

    /**
     * Where programs have spent their time so far, when the process was started with {@code
     * -Dsungu.profile}: per step calls, time, arithmetic, memory traffic and the layer it came
     * from.
     */
    public static String profile() {
        return Profile.report();
    }
}
