package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Codecs;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.random.Dropouts;
import sungu.keras.random.SeedGenerator;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/**
 * In training sets a share of the elements to zero and scales the rest up, so that the sum stays
 * the same on average (Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from
 * Overfitting", 2014).
 */
public final class Dropout extends Layer.Of<Dropout> {
    static final Setting<Double> RATE =
            Setting.number("rate").check(rate -> rate >= 0 && rate <= 1, "between 0 and 1");
    static final Setting<Integer> SEED = Setting.integer("seed").optional();
    static final Setting<List<@Nullable Integer>> NOISE_SHAPE =
            Setting.of(
                            "noise_shape",
                            Codecs.<List<@Nullable Integer>>of(
                                    "a list of integers or None",
                                    list -> list,
                                    tree -> {
                                        if (!(tree instanceof List<?> list)) {
                                            throw Codecs.expected(
                                                    "a list of integers or None", tree);
                                        }
                                        var dims = new java.util.ArrayList<@Nullable Integer>();
                                        for (var dim : list) {
                                            Integer size =
                                                    dim == null ? null : Codecs.INTEGER.decode(dim);
                                            if (size != null && size <= 0) {
                                                throw new TensorException(
                                                        "dimensions must be positive or None, got "
                                                                + size);
                                            }
                                            dims.add(size);
                                        }
                                        return dims;
                                    }))
                    .optional();
    static final ObjectType<Dropout> TYPE = typed("Dropout", Dropout::new, RATE, SEED, NOISE_SHAPE);

    private @Nullable SeedGenerator seeds;

    private Dropout() {
        supportsMasking(true);
    }

    /** Sets this share of the elements to zero. */
    public Dropout(double rate) {
        this();
        set(RATE, rate);
    }

    @Override
    public ObjectType<Dropout> type() {
        return TYPE;
    }

    /** The seed; without one it is drawn from the global source. */
    public Dropout seed(int seed) {
        return with(SEED, seed);
    }

    /**
     * The shape of the mask, where 1 shares a decision along a dimension and null takes that of the
     * input.
     */
    public Dropout noiseShape(@Nullable Integer... dims) {
        return with(NOISE_SHAPE, java.util.Arrays.asList(dims));
    }

    /**
     * The seed is drawn as soon as all settings are known, in Keras' order, so that a global seed
     * gives Keras' weights and masks.
     */
    @Override
    protected void configured() {
        if (get(RATE) > 0) {
            seeds();
        }
    }

    @Override
    protected void build(Shape input) {
        configured();
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        double rate = get(RATE);
        if (!context.training() || rate == 0) {
            return input;
        }
        return Dropouts.drop(
                input, rate, noise(input.shape()), SeedGenerator.reduced(seeds().next()));
    }

    @Override
    public void settle() {
        super.settle();
        if (get(RATE) > 0) {
            seeds();
        }
    }

    private SeedGenerator seeds() {
        var known = seeds;
        if (known == null) {
            var seed = find(SEED);
            known =
                    sungu.trace.Context.eagerly(
                            () -> new SeedGenerator(seed == null ? null : Long.valueOf(seed)));
            trackState(known.state());
            seeds = known;
        }
        return known;
    }

    private Shape noise(Shape input) {
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
