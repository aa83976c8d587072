package sungu.keras.random;

/**
 * Something with a seed of its own. Without a given one it draws from the global source, once; the
 * order of draws decides which numbers a model begins with, so layers let their parts draw in a
 * fixed order.
 */
public interface Seeded {
    /** The seed; drawn now if it was not given and has not been drawn yet. */
    long drawSeed();
}
