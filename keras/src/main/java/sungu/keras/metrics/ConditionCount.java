package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

import java.util.Objects;

/** A count of one cell of the confusion matrix at thresholds. */
abstract class ConditionCount<S extends ConditionCount<S>> extends Metric.Of<S> {
    static final Setting<Object> THRESHOLDS = Thresholded.THRESHOLDS;

    private @Nullable Weight accumulator;

    /** The confusion matrix with the counter in its cell. */
    abstract Confusions cell(Weight counter);

    @Override
    protected void createVariables() {
        accumulator =
                addVariable(
                        "accumulator",
                        Confusions.shape(Confusions.thresholds(find(THRESHOLDS), null)));
    }

    @Override
    public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        build();
        var levels = Confusions.thresholds(find(THRESHOLDS), null);
        cell(Objects.requireNonNull(accumulator))
                .count(
                        yTrue,
                        yPred,
                        sampleWeight,
                        levels,
                        Confusions.areEven(levels),
                        Confusions.Options.NONE);
    }

    @Override
    public Tensor result() {
        build();
        var counts = Objects.requireNonNull(accumulator).value();
        return counts.size() == 1 ? counts.get(0) : counts;
    }

    /**
     * From which prediction on a sample counts as positive: one number, or several for a result
     * each; 0.5 unless set.
     */
    public S thresholds(double... levels) {
        return with(
                THRESHOLDS,
                levels.length == 1
                        ? (Object) levels[0]
                        : java.util.Arrays.stream(levels).boxed().toList());
    }
}
