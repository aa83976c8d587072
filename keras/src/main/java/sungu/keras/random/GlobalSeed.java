package sungu.keras.random;

import org.jspecify.annotations.Nullable;

import sungu.kernel.MersenneTwister;
import sungu.tensor.Tensor;

/**
 * The global source of seeds. After {@link #set} it gives what Python's {@code random} module gives
 * Keras for that seed, so that models begin with the weights that they begin with there.
 */
public final class GlobalSeed {
    private static @Nullable MersenneTwister source;
    private static @Nullable SeedGenerator generator;

    private GlobalSeed() {}

    /** Sets the global seed. */
    public static synchronized void set(long seed) {
        source = new MersenneTwister(seed);
        generator = null;
    }

    /** Forgets the global seed: the next draws begin anywhere. */
    public static synchronized void clear() {
        source = null;
        generator = null;
    }

    /** A seed between 1 and 10^9. */
    public static synchronized long next() {
        if (source == null) {
            source = new MersenneTwister(System.nanoTime() ^ ProcessHandle.current().pid());
        }
        return source.randint(1, 1_000_000_000L);
    }

    /** The seed for one random operation without a seed of its own. */
    public static synchronized Tensor draw() {
        if (generator == null) {
            generator = new SeedGenerator((Long) null);
        }
        return generator.nextUnordered();
    }
}
