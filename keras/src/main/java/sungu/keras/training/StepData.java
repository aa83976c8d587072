package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;

/** One batch: inputs, targets and weights, the latter two null where there are none. */
public record StepData(Tensors x, @Nullable Tensors y, @Nullable Tensors sampleWeight) {
    /** The number of rows. */
    public int rows() {
        return x.flat().getFirst().shape().dim(0);
    }
}
