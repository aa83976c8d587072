package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.keras.callbacks.Callback;
import sungu.tensor.TensorException;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How {@code fit} trains. A value: each method with an argument returns changed options, which can
 * be kept and reused.
 */
public final class FitOptions {
    /** Keras' defaults. */
    public static final FitOptions DEFAULT = new FitOptions();

    private int batchSize = 32;
    private int epochs = 1;
    private Verbose verbose = Verbose.AUTO;
    private List<Callback> callbacks = List.of();
    private double validationSplit;
    private @Nullable Validation validation;
    private boolean shuffle = true;
    private @Nullable Map<Integer, Double> classWeight;
    private @Nullable Tensors sampleWeight;
    private int initialEpoch;
    private int stepsPerEpoch;
    private int validationSteps;
    private int validationBatchSize;
    private int validationFreq = 1;

    /** Validation data: inputs, targets and weights. */
    public record Validation(Tensors x, Tensors y, @Nullable Tensors sampleWeight) {}

    private FitOptions() {}

    /** A copy with a change; nobody sees it before the change is made. */
    private FitOptions with(Consumer<FitOptions> change) {
        var copy = new FitOptions();
        copy.batchSize = batchSize;
        copy.epochs = epochs;
        copy.verbose = verbose;
        copy.callbacks = callbacks;
        copy.validationSplit = validationSplit;
        copy.validation = validation;
        copy.shuffle = shuffle;
        copy.classWeight = classWeight;
        copy.sampleWeight = sampleWeight;
        copy.initialEpoch = initialEpoch;
        copy.stepsPerEpoch = stepsPerEpoch;
        copy.validationSteps = validationSteps;
        copy.validationBatchSize = validationBatchSize;
        copy.validationFreq = validationFreq;
        change.accept(copy);
        return copy;
    }

    static int positive(String name, int value) {
        if (value < 1) {
            throw new TensorException(name + " must be at least 1, got " + value);
        }
        return value;
    }

    private static int notNegative(String name, int value) {
        if (value < 0) {
            throw new TensorException("fit: " + name + " must not be negative, got " + value);
        }
        return value;
    }

    /** Rows per step; 32 unless set. */
    public int batchSize() {
        return batchSize;
    }

    /** Sets the rows per step. */
    public FitOptions batchSize(int rows) {
        positive("batchSize", rows);
        return with(options -> options.batchSize = rows);
    }

    /** Passes over the data. */
    public int epochs() {
        return epochs;
    }

    /** Sets the passes over the data. */
    public FitOptions epochs(int count) {
        notNegative("epochs", count);
        return with(options -> options.epochs = count);
    }

    /** What is printed. */
    public Verbose verbose() {
        return verbose;
    }

    /** Sets what is printed: 0 nothing, 1 a progress bar, 2 a line per epoch. */
    public FitOptions verbose(int level) {
        return verbose(Verbose.of(level));
    }

    /** Sets what is printed. */
    public FitOptions verbose(Verbose printed) {
        return with(options -> options.verbose = printed);
    }

    /** Called at the stages of training. */
    public List<Callback> callbacks() {
        return callbacks;
    }

    /** Sets what is called at the stages of training. */
    public FitOptions callbacks(Callback... called) {
        return callbacks(List.of(called));
    }

    /** Sets what is called at the stages of training. */
    public FitOptions callbacks(List<? extends Callback> called) {
        List<Callback> copy = List.copyOf(called);
        return with(options -> options.callbacks = copy);
    }

    /** The share of the rows that is kept for validation. */
    public double validationSplit() {
        return validationSplit;
    }

    /**
     * Sets the share of the rows, taken from the end before shuffling, that is kept for validation.
     */
    public FitOptions validationSplit(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new TensorException(
                    "fit: validationSplit must lie between 0 and 1, got " + share);
        }
        return with(options -> options.validationSplit = share);
    }

    /** Data for validation; null for none. */
    public @Nullable Validation validation() {
        return validation;
    }

    /** Sets data for validation. */
    public FitOptions validationData(Object x, Object y) {
        return with(options ->
                options.validation =
                        new Validation(Tensors.ofNested(x), Tensors.ofNested(y), null));
    }

    /** Sets data for validation, with a weight per row. */
    public FitOptions validationData(Object x, Object y, Object weights) {
        return with(options ->
                options.validation =
                        new Validation(
                                Tensors.ofNested(x),
                                Tensors.ofNested(y),
                                Tensors.ofNested(weights)));
    }

    /** Whether rows are shuffled before each epoch. */
    public boolean shuffle() {
        return shuffle;
    }

    /** Sets whether rows are shuffled before each epoch. */
    public FitOptions shuffle(boolean on) {
        return with(options -> options.shuffle = on);
    }

    /** Weights of classes by number; null for none. */
    public @Nullable Map<Integer, Double> classWeight() {
        return classWeight;
    }

    /** Sets weights of classes by number. */
    public FitOptions classWeight(Map<Integer, Double> weights) {
        var copy = Map.copyOf(weights);
        return with(options -> options.classWeight = copy);
    }

    /** One weight per row, or a structure of them like the outputs; null for none. */
    public @Nullable Tensors sampleWeight() {
        return sampleWeight;
    }

    /** Sets one weight per row, or a structure of them like the outputs. */
    public FitOptions sampleWeight(Object weights) {
        return with(options -> options.sampleWeight = Tensors.ofNested(weights));
    }

    /** The number of the first epoch. */
    public int initialEpoch() {
        return initialEpoch;
    }

    /** Sets the number of the first epoch. */
    public FitOptions initialEpoch(int epoch) {
        notNegative("initialEpoch", epoch);
        return with(options -> options.initialEpoch = epoch);
    }

    /** Steps of an epoch; 0 for all of the data. */
    public int stepsPerEpoch() {
        return stepsPerEpoch;
    }

    /** Sets the steps of an epoch. */
    public FitOptions stepsPerEpoch(int steps) {
        positive("stepsPerEpoch", steps);
        return with(options -> options.stepsPerEpoch = steps);
    }

    /** Steps of a validation; 0 for all of the data. */
    public int validationSteps() {
        return validationSteps;
    }

    /** Sets the steps of a validation. */
    public FitOptions validationSteps(int steps) {
        positive("validationSteps", steps);
        return with(options -> options.validationSteps = steps);
    }

    /** Rows per validation step; 0 for those of training. */
    public int validationBatchSize() {
        return validationBatchSize;
    }

    /** Sets the rows per validation step. */
    public FitOptions validationBatchSize(int rows) {
        positive("validationBatchSize", rows);
        return with(options -> options.validationBatchSize = rows);
    }

    /** Every how many epochs to validate. */
    public int validationFreq() {
        return validationFreq;
    }

    /** Sets every how many epochs to validate. */
    public FitOptions validationFreq(int every) {
        positive("validationFreq", every);
        return with(options -> options.validationFreq = every);
    }
}
