package sungu.keras.optimizers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sungu.keras.Weight;
import sungu.keras.config.Configured;
import sungu.tensor.Tensor;

/** Changes weights along their gradients. */
public abstract class Optimizer extends Configured {
    /** For sub-classes. */
    protected Optimizer() {}

    /** Makes the slots for these weights, once. */
    public abstract void build(List<Weight> weights);

    /** One update; a null gradient leaves its weight alone. */
    public abstract void apply(List<? extends @Nullable Tensor> gradients, List<Weight> weights);

    /** The loss scaled for gradients in low precision. */
    public Tensor scaleLoss(Tensor loss) {
        return loss;
    }

    /** Called at the end of training: puts averaged weights in place where they are kept. */
    public void finalizeWeights(List<Weight> weights) {}
}
