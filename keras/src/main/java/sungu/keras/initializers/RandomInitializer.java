package sungu.keras.initializers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Setting;
import sungu.keras.random.GlobalSeed;
import sungu.keras.random.SeedGenerator;
import sungu.keras.random.Seeded;
import sungu.tensor.Tensor;

/**
 * Initializers that draw random numbers. Without a seed of its own an object draws one from the
 * global source when it is first used.
 */
abstract class RandomInitializer<S extends RandomInitializer<S>> extends Initializer
        implements Seeded {
    static final Setting<Integer> SEED = Setting.integer("seed").optional();

    private @Nullable Long drawn;

    /** The seed: equal seeds give equal values, at each call. */
    @SuppressWarnings("unchecked")
    public S seed(int seed) {
        set(SEED, seed);
        return (S) this;
    }

    /** An object read from a config draws its seed at once, as Keras' constructors do. */
    @Override
    protected void configured() {
        seedPair();
    }

    /** The seed of a stateless random operation. */
    final Tensor seedPair() {
        return SeedGenerator.reduced(Tensor.of(new long[] {drawSeed(), 0}));
    }

    @Override
    public long drawSeed() {
        var known = drawn;
        if (known == null) {
            var own = find(SEED);
            known = own != null ? Long.valueOf(own) : Long.valueOf(GlobalSeed.next());
            drawn = known;
        }
        return known;
    }
}
