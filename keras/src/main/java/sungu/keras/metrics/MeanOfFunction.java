package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.KerasConfig;
import sungu.keras.losses.WeightedValues;
import sungu.tensor.Tensor;

/** The weighted mean of a function of targets and predictions. */
abstract class MeanOfFunction<S extends MeanOfFunction<S>> extends Averaging<S> {
    /** A value per sample, or several that are averaged. */
    abstract Tensor values(Tensor yTrue, Tensor yPred);

    @Override
    public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        var floats =
                yPred.dtype().isFloating()
                        ? yPred
                        : yPred.cast(KerasConfig.floatx()).withMask(yPred.mask());
        accumulate(
                values(yTrue, floats),
                WeightedValues.masked(sampleWeight, yPred.mask(), dtype(), false));
    }
}
