package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.tensor.Tensor;

/** The weighted mean of values. */
public final class Mean extends Averaging<Mean> {
    static final ObjectType<Mean> TYPE =
            ObjectType.of("keras.metrics", "Mean", Mean::new, NAME, DTYPE);

    /** A mean named {@code mean}. */
    public Mean() {
        this("mean");
    }

    /** A mean with this name in logs. */
    public Mean(String name) {
        set(NAME, name);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    /** Takes values into account. */
    public void update(Tensor values) {
        accumulate(values, null);
    }

    /** Takes values into account; weights have their leading dimensions. */
    @Override
    public void update(Tensor values, @Nullable Tensor weights) {
        accumulate(values, weights);
    }

    @Override
    public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        accumulate(yTrue, sampleWeight);
    }
}
