package sungu.keras.random;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Tensor;
import sungu.tensor.Variable;

/**
 * A source of seeds for stateless random operations: a variable with the seed and a count, so that
 * each draw differs and traced programs go on counting. Equal seeds give the streams that Keras on
 * TensorFlow gives.
 */
public final class SeedGenerator {
    private final Variable state;

    /** A generator with this seed; null draws one from the global source. */
    public SeedGenerator(@Nullable Long seed) {
        long first = seed != null ? seed : GlobalSeed.next();
        state =
                new Variable(Tensor.of(new long[] {first, 0}), "seed_generator_state")
                        .trainable(false);
    }

    /** A generator with this seed. */
    public SeedGenerator(long seed) {
        this(Long.valueOf(seed));
    }

    /** The seed for one random operation, int64 of shape [2]; the count goes up. */
    public Tensor next() {
        var seed = state.value();
        state.assign(seed.plus(Tensor.of(new long[] {0, 1})));
        return seed;
    }

    /**
     * The seed for one random operation where the order of draws does not matter: the state is
     * mixed, as Keras does for its global generator.
     */
    Tensor nextUnordered() {
        var seed = state.value();
        state.assign(seed.plus(1).times(5387).rem(933199));
        return seed;
    }

    /**
     * What Keras makes of a seed before it hands it to TensorFlow's stateless operations: the
     * remainder by 2^31 - 2, so that it fits an int32.
     */
    public static Tensor reduced(Tensor seed) {
        return seed.rem(Integer.MAX_VALUE - 1L);
    }

    /** The variable. */
    public Variable state() {
        return state;
    }
}
