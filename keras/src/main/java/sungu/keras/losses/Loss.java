package sungu.keras.losses;

import org.jspecify.annotations.Nullable;
import sungu.keras.config.Configured;
import sungu.tensor.Tensor;

/** What training minimises: how far predictions are from targets. */
public abstract class Loss extends Configured {
    /** For sub-classes. */
    protected Loss() {}

    /** The loss of a batch, reduced; rows may have weights. */
    public abstract Tensor apply(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight);
}
