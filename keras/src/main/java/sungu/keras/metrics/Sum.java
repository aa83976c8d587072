package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Objects;

/** The weighted sum of values. */
public final class Sum extends Metric.Of<Sum> {
    static final ObjectType<Sum> TYPE =
            ObjectType.of("keras.metrics", "Sum", Sum::new, NAME, DTYPE);

    private @Nullable Weight total;

    /** A sum named {@code sum}. */
    public Sum() {
        set(NAME, "sum");
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected void createVariables() {
        total = addVariable("total", Shape.SCALAR, dtype());
    }

    /** Takes values into account. */
    public void update(Tensor values) {
        update(values, null);
    }

    /** Takes values into account; weights have their leading dimensions. */
    @Override
    public void update(Tensor values, @Nullable Tensor weights) {
        build();
        Objects.requireNonNull(total)
                .assignAdd(Averaging.samples(values, weights, this, Tensor::sum).values().sum());
    }

    @Override
    public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        update(yTrue, sampleWeight);
    }

    @Override
    public Tensor result() {
        build();
        return Objects.requireNonNull(total).value();
    }
}
