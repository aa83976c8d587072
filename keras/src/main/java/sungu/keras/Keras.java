package sungu.keras;

import sungu.keras.config.KerasConfig;
import sungu.keras.random.GlobalSeed;

/** What this library is: its own version and the Keras whose behaviour it follows. */
public final class Keras {
    /** The release of Keras whose names, defaults and file formats Sungu follows. */
    public static final String FOLLOWED = "3.16";

    private Keras() {}

    /**
     * Sets the seed that all random numbers without a seed of their own come from: equal seeds give
     * equal weights, masks and orders.
     */
    public static void setRandomSeed(long seed) {
        KerasConfig.seed(seed);
        GlobalSeed.set(seed);
    }

    /** Forgets automatic names and the seed. */
    public static void clearSession() {
        KerasConfig.clearSession();
        GlobalSeed.clear();
    }

    /**
     * The version of Sungu that is running.
     *
     * @return a version such as {@code 0.1.0}, or {@code unknown} when run from bare classes
     */
    public static String version() {
        var descriptor = Keras.class.getModule().getDescriptor();
        if (descriptor != null && descriptor.rawVersion().isPresent()) {
            return descriptor.rawVersion().get();
        }
        String fromManifest = Keras.class.getPackage().getImplementationVersion();
        return fromManifest == null ? "unknown" : fromManifest;
    }
}
