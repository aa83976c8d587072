package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Codecs;
import sungu.keras.config.Setting;
import sungu.keras.random.SeedGenerator;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.List;

/** A layer with random numbers of its own in training: a seed and what follows from it. */
abstract class RandomLayer<S extends RandomLayer<S>> extends Layer.Of<S> {
    static final Setting<Integer> SEED = Setting.integer("seed").optional();
    static final Setting<Double> RATE =
            Setting.number("rate").check(rate -> rate >= 0 && rate <= 1, "between 0 and 1");

    /** The shape of random numbers; null stands for a dimension of the input. */
    static final Setting<List<@Nullable Integer>> NOISE_SHAPE =
            Setting.of(
                            "noise_shape",
                            Codecs.<List<@Nullable Integer>>of(
                                    "a list of integers or None",
                                    list -> list,
                                    RandomLayer::decodeShape))
                    .optional();

    private @Nullable SeedGenerator seeds;

    RandomLayer() {}

    private static List<@Nullable Integer> decodeShape(Object tree) {
        if (!(tree instanceof List<?> list)) {
            throw Codecs.expected("a list of integers or None", tree);
        }
        var dims = new ArrayList<@Nullable Integer>();
        for (var dim : list) {
            Integer size = dim == null ? null : Codecs.INTEGER.decode(dim);
            if (size != null && size <= 0) {
                throw new TensorException("dimensions must be positive or None, got " + size);
            }
            dims.add(size);
        }
        return dims;
    }

    /** Whether the layer needs random numbers at all with its settings. */
    abstract boolean isRandom();

    /** The seed; without one it is drawn from the global source. */
    public S seed(int seed) {
        return with(SEED, seed);
    }

    /**
     * The seed is drawn as soon as all settings are known, in Keras' order, so that a global seed
     * gives Keras' weights and masks.
     */
    @Override
    public void settle() {
        super.settle();
        if (isRandom()) {
            seeds();
        }
    }

    @Override
    protected void build(Shape input) {
        settle();
    }

    /** The seed of the next random numbers. */
    final Tensor nextSeed() {
        return seeds().next();
    }

    private SeedGenerator seeds() {
        var known = seeds;
        if (known == null) {
            var seed = find(SEED);
            known =
                    Context.eagerly(
                            () -> new SeedGenerator(seed == null ? null : Long.valueOf(seed)));
            trackState(known.state());
            seeds = known;
        }
        return known;
    }

    /** The shape of random numbers for an input: that of the input where nothing else is set. */
    final Shape noise(Shape input) {
        var given = find(NOISE_SHAPE);
        if (given == null) {
            return input;
        }
        if (given.size() != input.rank()) {
            throw new TensorException(
                    "argument 'noise_shape' "
                            + given
                            + " must have the rank of the input, "
                            + input);
        }
        var dims = input.dims();
        for (int i = 0; i < dims.length; i++) {
            var dim = given.get(i);
            dims[i] = dim == null ? dims[i] : dim;
        }
        return Shape.of(dims);
    }
}
