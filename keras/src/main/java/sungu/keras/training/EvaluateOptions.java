package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.keras.callbacks.Callback;

import java.util.List;

/**
 * How {@code evaluate} and {@code predict} run. A value: each method returns changed options.
 *
 * @param batchSize rows per step; 32 unless set
 * @param verbose what is printed
 * @param sampleWeight one weight per row; null for none
 * @param steps the number of steps; 0 for all of the data
 * @param callbacks called at the stages
 */
public record EvaluateOptions(
        int batchSize,
        Verbose verbose,
        @Nullable Tensors sampleWeight,
        int steps,
        List<Callback> callbacks) {
    /** Keras' defaults. */
    public static final EvaluateOptions DEFAULT =
            new EvaluateOptions(32, Verbose.AUTO, null, 0, List.of());

    /** Checks the values. */
    public EvaluateOptions {
        FitOptions.positive("batchSize", batchSize);
        callbacks = List.copyOf(callbacks);
    }

    /** Rows per step. */
    public EvaluateOptions batchSize(int rows) {
        return new EvaluateOptions(rows, verbose, sampleWeight, steps, callbacks);
    }

    /** What is printed: 0 nothing, 1 a progress bar, 2 a line. */
    public EvaluateOptions verbose(int level) {
        return new EvaluateOptions(batchSize, Verbose.of(level), sampleWeight, steps, callbacks);
    }

    /** One weight per row, or a structure of them like the outputs. */
    public EvaluateOptions sampleWeight(Object weights) {
        return new EvaluateOptions(batchSize, verbose, Tensors.ofNested(weights), steps, callbacks);
    }

    /** The number of steps. */
    public EvaluateOptions steps(int count) {
        FitOptions.positive("steps", count);
        return new EvaluateOptions(batchSize, verbose, sampleWeight, count, callbacks);
    }

    /** Called at the stages. */
    public EvaluateOptions callbacks(Callback... called) {
        return new EvaluateOptions(batchSize, verbose, sampleWeight, steps, List.of(called));
    }
}
