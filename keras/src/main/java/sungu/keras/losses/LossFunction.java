package sungu.keras.losses;

import sungu.tensor.Tensor;

/**
 * A loss as a function: from targets and predictions to a value per row, or to a tensor that is
 * then averaged.
 */
public interface LossFunction {
    /** The values. */
    Tensor apply(Tensor yTrue, Tensor yPred);
}
