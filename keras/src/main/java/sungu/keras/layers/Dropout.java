package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.random.Dropouts;
import sungu.keras.random.SeedGenerator;
import sungu.tensor.Tensor;

import java.util.Arrays;

/**
 * In training sets a share of the elements to zero and scales the rest up, so that the sum stays
 * the same on average (Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from
 * Overfitting", 2014).
 */
public final class Dropout extends RandomLayer<Dropout> {
    static final ObjectType<Dropout> TYPE = typed("Dropout", Dropout::new, RATE, SEED, NOISE_SHAPE);

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

    /**
     * The shape of the mask, where 1 shares a decision along a dimension and null takes that of the
     * input.
     */
    public Dropout noiseShape(@Nullable Integer... dims) {
        return with(NOISE_SHAPE, Arrays.asList(dims));
    }

    @Override
    boolean isRandom() {
        return get(RATE) > 0;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return context.training() && isRandom()
                ? Dropouts.drop(
                        input, get(RATE), noise(input.shape()), SeedGenerator.reduced(nextSeed()))
                : input;
    }
}
