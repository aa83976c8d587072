package sungu.keras.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sungu.keras.config.Configured;
import sungu.tensor.Tensor;
import sungu.tensor.Variable;

/** A number that is worked out over many batches. */
public abstract class Metric extends Configured {
    /** For sub-classes. */
    protected Metric() {}

    /** The name in logs. */
    public abstract String name();

    /** Takes a batch into account. */
    public abstract void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight);

    /** The value over all batches so far. */
    public abstract Tensor result();

    /** Forgets all batches. */
    public abstract void reset();

    /** The state. */
    public abstract List<? extends Variable> variables();
}
