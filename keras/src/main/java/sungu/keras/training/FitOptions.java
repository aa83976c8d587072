package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.keras.callbacks.Callback;
import sungu.tensor.TensorException;

import java.util.List;
import java.util.Map;

/**
 * How {@code fit} trains. A value: each method returns changed options, which can be kept and
 * reused.
 *
 * @param batchSize rows per step; 32 unless set
 * @param epochs passes over the data
 * @param verbose what is printed
 * @param callbacks called at the stages of training
 * @param validationSplit the share of the rows, from the end, kept for validation
 * @param validation data for validation; null for none
 * @param shuffle whether rows are shuffled before each epoch
 * @param classWeight weights of classes by number; null for none
 * @param sampleWeight one weight per row, or a structure of them like the outputs; null for none
 * @param initialEpoch the number of the first epoch
 * @param stepsPerEpoch steps of an epoch; 0 for all of the data
 * @param validationSteps steps of a validation; 0 for all of the data
 * @param validationBatchSize rows per validation step; 0 for {@code batchSize}
 * @param validationFreq every how many epochs to validate
 */
public record FitOptions(
        int batchSize,
        int epochs,
        Verbose verbose,
        List<Callback> callbacks,
        double validationSplit,
        @Nullable Validation validation,
        boolean shuffle,
        @Nullable Map<Integer, Double> classWeight,
        @Nullable Tensors sampleWeight,
        int initialEpoch,
        int stepsPerEpoch,
        int validationSteps,
        int validationBatchSize,
        int validationFreq) {
    /** Validation data: inputs, targets and weights. */
    public record Validation(Tensors x, Tensors y, @Nullable Tensors sampleWeight) {}

    /** Keras' defaults. */
    public static final FitOptions DEFAULT =
            new FitOptions(
                    32, 1, Verbose.AUTO, List.of(), 0, null, true, null, null, 0, 0, 0, 0, 1);

    /** Checks the values. */
    public FitOptions {
        positive("batchSize", batchSize);
        positive("validationFreq", validationFreq);
        if (epochs < 0 || initialEpoch < 0) {
            throw new TensorException(
                    "fit: epochs and initialEpoch must not be negative, got "
                            + epochs
                            + " and "
                            + initialEpoch);
        }
        if (!(validationSplit >= 0 && validationSplit < 1)) {
            throw new TensorException(
                    "fit: validationSplit must lie between 0 and 1, got " + validationSplit);
        }
        callbacks = List.copyOf(callbacks);
    }

    static void positive(String name, int value) {
        if (value < 1) {
            throw new TensorException(name + " must be at least 1, got " + value);
        }
    }

    /** Rows per step. */
    public FitOptions batchSize(int rows) {
        return new FitOptions(
                rows,
                epochs,
                verbose,
                callbacks,
                validationSplit,
                validation,
                shuffle,
                classWeight,
                sampleWeight,
                initialEpoch,
                stepsPerEpoch,
                validationSteps,
                validationBatchSize,
                validationFreq);
    }

    /** Passes over the data. */
    public FitOptions epochs(int count) {
        return new FitOptions(
                batchSize,
                count,
                verbose,
                callbacks,
                validationSplit,
                validation,
                shuffle,
                classWeight,
                sampleWeight,
                initialEpoch,
                stepsPerEpoch,
                validationSteps,
                validationBatchSize,
                validationFreq);
    }

    /** What is printed: 0 nothing, 1 a progress bar, 2 a line per epoch. */
    public FitOptions verbose(int level) {
        return verbose(Verbose.of(level));
    }

    /** What is printed. */
    public FitOptions verbose(Verbose printed) {
        return new FitOptions(
                batchSize,
                epochs,
                printed,
                callbacks,
                validationSplit,
                validation,
                shuffle,
                classWeight,
                sampleWeight,
                initialEpoch,
                stepsPerEpoch,
                validationSteps,
                validationBatchSize,
                validationFreq);
    }

    /** Called at the stages of training. */
    public FitOptions callbacks(Callback... called) {
        return callbacks(List.of(called));
    }

    /** Called at the stages of training. */
    public FitOptions callbacks(List<? extends Callback> called) {
        return new FitOptions(
                batchSize,
                epochs,
                verbose,
                List.copyOf(called),
                validationSplit,
                validation,
                shuffle,
                classWeight,
                sampleWeight,
                initialEpoch,
                stepsPerEpoch,
                validationSteps,
                validationBatchSize,
                validationFreq);
    }

    /** The share of the rows, taken from the end before shuffling, that is kept for validation. */
    public FitOptions validationSplit(double share) {
        return new FitOptions(
                batchSize,
                epochs,
                verbose,
                callbacks,
                share,
                validation,
                shuffle,
                classWeight,
                sampleWeight,
                initialEpoch,
                stepsPerEpoch,
                validationSteps,
                validationBatchSize,
                validationFreq);
    }

    /** Data for validation. */
    public FitOptions validationData(Object x, Object y) {
        return validation(new Validation(Tensors.ofNested(x), Tensors.ofNested(y), null));
    }

    /** Data for validation, with a weight per row. */
    public FitOptions validationData(Object x, Object y, Object weights) {
        return validation(
                new Validation(
                        Tensors.ofNested(x), Tensors.ofNested(y), Tensors.ofNested(weights)));
    }

    private FitOptions validation(Validation data) {
        return new FitOptions(
                batchSize,
                epochs,
                verbose,
                callbacks,
                validationSplit,
                data,
                shuffle,
                classWeight,
                sampleWeight,
                initialEpoch,
                stepsPerEpoch,
                validationSteps,
                validationBatchSize,
                validationFreq);
    }

    /** Whether rows are shuffled before each epoch. */
    public FitOptions shuffle(boolean on) {
        return new FitOptions(
                batchSize,
                epochs,
                verbose,
                callbacks,
                validationSplit,
                validation,
                on,
                classWeight,
                sampleWeight,
                initialEpoch,
                stepsPerEpoch,
                validationSteps,
                validationBatchSize,
                validationFreq);
    }

    /** Weights of classes by number. */
    public FitOptions classWeight(Map<Integer, Double> weights) {
        return new FitOptions(
                batchSize,
                epochs,
                verbose,
                callbacks,
                validationSplit,
                validation,
                shuffle,
                Map.copyOf(weights),
                sampleWeight,
                initialEpoch,
                stepsPerEpoch,
                validationSteps,
                validationBatchSize,
                validationFreq);
    }

    /** One weight per row, or a structure of them like the outputs. */
    public FitOptions sampleWeight(Object weights) {
        return new FitOptions(
                batchSize,
                epochs,
                verbose,
                callbacks,
                validationSplit,
                validation,
                shuffle,
                classWeight,
                Tensors.ofNested(weights),
                initialEpoch,
                stepsPerEpoch,
                validationSteps,
                validationBatchSize,
                validationFreq);
    }

    /** The number of the first epoch. */
    public FitOptions initialEpoch(int epoch) {
        return new FitOptions(
                batchSize,
                epochs,
                verbose,
                callbacks,
                validationSplit,
                validation,
                shuffle,
                classWeight,
                sampleWeight,
                epoch,
                stepsPerEpoch,
                validationSteps,
                validationBatchSize,
                validationFreq);
    }

    /** Steps of an epoch. */
    public FitOptions stepsPerEpoch(int steps) {
        positive("stepsPerEpoch", steps);
        return new FitOptions(
                batchSize,
                epochs,
                verbose,
                callbacks,
                validationSplit,
                validation,
                shuffle,
                classWeight,
                sampleWeight,
                initialEpoch,
                steps,
                validationSteps,
                validationBatchSize,
                validationFreq);
    }

    /** Steps of a validation. */
    public FitOptions validationSteps(int steps) {
        positive("validationSteps", steps);
        return new FitOptions(
                batchSize,
                epochs,
                verbose,
                callbacks,
                validationSplit,
                validation,
                shuffle,
                classWeight,
                sampleWeight,
                initialEpoch,
                stepsPerEpoch,
                steps,
                validationBatchSize,
                validationFreq);
    }

    /** Rows per validation step. */
    public FitOptions validationBatchSize(int rows) {
        positive("validationBatchSize", rows);
        return new FitOptions(
                batchSize,
                epochs,
                verbose,
                callbacks,
                validationSplit,
                validation,
                shuffle,
                classWeight,
                sampleWeight,
                initialEpoch,
                stepsPerEpoch,
                validationSteps,
                rows,
                validationFreq);
    }

    /** Every how many epochs to validate. */
    public FitOptions validationFreq(int every) {
        return new FitOptions(
                batchSize,
                epochs,
                verbose,
                callbacks,
                validationSplit,
                validation,
                shuffle,
                classWeight,
                sampleWeight,
                initialEpoch,
                stepsPerEpoch,
                validationSteps,
                validationBatchSize,
                every);
    }
}
