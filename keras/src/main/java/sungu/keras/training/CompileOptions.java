package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.keras.losses.Loss;
import sungu.keras.losses.LossFunction;
import sungu.keras.optimizers.Optimizer;
import sungu.keras.optimizers.Optimizers;

import java.util.List;
import java.util.Map;

/**
 * How a model is trained: optimizer, losses, metrics. A value: each method returns changed options.
 *
 * @param optimizer RMSprop unless set, as in Keras
 * @param loss a name, a {@link Loss}, or a list or map of them per output; null for none
 * @param lossWeights a number per output; null for ones
 * @param metrics names, metric objects or functions, or lists or maps of them per output
 * @param weightedMetrics the same, updated with sample weights
 * @param runEagerly whether steps run eagerly, for debugging
 * @param stepsPerExecution how many steps are run between two looks of callbacks; numbers are the
 *     same
 */
public record CompileOptions(
        @Nullable Optimizer optimizer,
        @Nullable Object loss,
        @Nullable Object lossWeights,
        @Nullable Object metrics,
        @Nullable Object weightedMetrics,
        boolean runEagerly,
        int stepsPerExecution) {
    /** Nothing set. */
    public static final CompileOptions DEFAULT =
            new CompileOptions(null, null, null, null, null, false, 1);

    /** Checks the values. */
    public CompileOptions {
        FitOptions.positive("stepsPerExecution", stepsPerExecution);
    }

    /** The optimizer. */
    public CompileOptions optimizer(Optimizer chosen) {
        return new CompileOptions(
                chosen, loss, lossWeights, metrics, weightedMetrics, runEagerly, stepsPerExecution);
    }

    /** The optimizer of that name, with its defaults. */
    public CompileOptions optimizer(String name) {
        return optimizer(Optimizers.of(name));
    }

    /** The loss of that name, such as {@code mse}. */
    public CompileOptions loss(String name) {
        return anyLoss(name);
    }

    /** The loss. */
    public CompileOptions loss(Loss chosen) {
        return anyLoss(chosen);
    }

    /** The loss as a function of targets and predictions that gives a value per row. */
    public CompileOptions loss(LossFunction function) {
        return anyLoss(function);
    }

    /** A loss per output, by position. */
    public CompileOptions losses(Object... perOutput) {
        return anyLoss(List.of(perOutput));
    }

    /** A loss per output, by name. */
    public CompileOptions losses(Map<String, ?> perOutput) {
        return anyLoss(perOutput);
    }

    /** A loss in any of its forms: a name, an object, a function, or a list or map of them. */
    public CompileOptions anyLoss(@Nullable Object any) {
        return new CompileOptions(
                optimizer,
                any,
                lossWeights,
                metrics,
                weightedMetrics,
                runEagerly,
                stepsPerExecution);
    }

    /** What each output's loss counts, by position. */
    public CompileOptions lossWeights(double... perOutput) {
        return anyLossWeights(java.util.Arrays.stream(perOutput).boxed().toList());
    }

    /** What each output's loss counts, by name. */
    public CompileOptions lossWeights(Map<String, Double> perOutput) {
        return anyLossWeights(perOutput);
    }

    /** What each output's loss counts, as a list or map. */
    public CompileOptions anyLossWeights(@Nullable Object any) {
        return new CompileOptions(
                optimizer, loss, any, metrics, weightedMetrics, runEagerly, stepsPerExecution);
    }

    /** Metrics: names, metric objects or functions; for several outputs a list per output. */
    public CompileOptions metrics(Object... chosen) {
        return anyMetrics(List.of(chosen));
    }

    /** Metrics per output, by name. */
    public CompileOptions metrics(Map<String, ?> perOutput) {
        return anyMetrics(perOutput);
    }

    /** Metrics in any of their forms. */
    public CompileOptions anyMetrics(@Nullable Object any) {
        return new CompileOptions(
                optimizer, loss, lossWeights, any, weightedMetrics, runEagerly, stepsPerExecution);
    }

    /** Metrics updated with sample weights. */
    public CompileOptions weightedMetrics(Object... chosen) {
        return anyWeightedMetrics(List.of(chosen));
    }

    /** Metrics updated with sample weights, in any of their forms. */
    public CompileOptions anyWeightedMetrics(@Nullable Object any) {
        return new CompileOptions(
                optimizer, loss, lossWeights, metrics, any, runEagerly, stepsPerExecution);
    }

    /** Whether steps run eagerly, for debugging. */
    public CompileOptions runEagerly(boolean on) {
        return new CompileOptions(
                optimizer, loss, lossWeights, metrics, weightedMetrics, on, stepsPerExecution);
    }

    /** How many steps are run between two looks of callbacks. */
    public CompileOptions stepsPerExecution(int steps) {
        return new CompileOptions(
                optimizer, loss, lossWeights, metrics, weightedMetrics, runEagerly, steps);
    }
}
