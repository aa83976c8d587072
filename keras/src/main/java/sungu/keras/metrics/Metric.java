package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Codecs;
import sungu.keras.config.Configured;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.Names;
import sungu.keras.config.Setting;
import sungu.keras.losses.LossFunction;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.Variable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A number that is worked out over many batches.
 *
 * <p>All state is variables, made by {@link #addVariable}; {@link #update} and {@link #result} are
 * ops on them, so that they run in a traced step.
 */
public abstract class Metric extends Configured {
    /** The name in logs. */
    public static final Setting<String> NAME = Setting.text("name").optional().live();

    /** The dtype of state and result. */
    public static final Setting<DType> DTYPE =
            Setting.of("dtype", Codecs.DTYPE).defaults(() -> KerasConfig.floatx());

    private final List<Weight> variables = new ArrayList<>();
    private boolean built;

    /** For sub-classes. */
    protected Metric() {}

    /** The weighted mean of a function of targets and predictions that gives a value per sample. */
    public static Metric of(String name, LossFunction function) {
        return new MeanMetricWrapper(name, function);
    }

    @Override
    protected List<Setting<?>> settings() {
        return List.of(NAME, DTYPE);
    }

    /** The name in logs: as set, else made from the class name. */
    public final String name() {
        var name = find(NAME);
        if (name == null) {
            name = KerasConfig.uniqueName(Names.snakeCase(type().className()));
            set(NAME, name);
        }
        return name;
    }

    /**
     * {@code up} if larger values are better, {@code down} if smaller ones are; null if that can't
     * be said, as of a mean or a count.
     */
    public @Nullable String direction() {
        return switch (type().className()) {
            case "Mean",
                    "Sum",
                    "TruePositives",
                    "TrueNegatives",
                    "FalsePositives",
                    "FalseNegatives",
                    "MeanMetricWrapper" ->
                    null;
            case "Accuracy",
                    "BinaryAccuracy",
                    "CategoricalAccuracy",
                    "SparseCategoricalAccuracy",
                    "TopKCategoricalAccuracy",
                    "SparseTopKCategoricalAccuracy",
                    "Precision",
                    "Recall",
                    "AUC",
                    "SensitivityAtSpecificity",
                    "SpecificityAtSensitivity",
                    "PrecisionAtRecall",
                    "RecallAtPrecision",
                    "CosineSimilarity",
                    "R2Score",
                    "F1Score",
                    "FBetaScore",
                    "IoU",
                    "BinaryIoU",
                    "MeanIoU",
                    "OneHotIoU",
                    "OneHotMeanIoU",
                    "PearsonCorrelation",
                    "ConcordanceCorrelation" ->
                    "up";
            default -> type().module().equals("keras.metrics") ? "down" : null;
        };
    }

    /** Renames it in logs, as {@code compile} does for metrics given by a name. */
    public final void rename(String name) {
        set(NAME, name);
    }

    /** The dtype of state and result. */
    public final DType dtype() {
        return get(DTYPE);
    }

    /** Makes the state that needs no look at data. */
    protected void createVariables() {}

    /** Adds a state variable of zeros. */
    protected final Weight addVariable(String variableName, Shape shape) {
        return addVariable(variableName, shape, KerasConfig.floatx());
    }

    /** Adds a state variable of zeros in a dtype. */
    protected final Weight addVariable(String variableName, Shape shape, DType type) {
        var variable =
                new Weight(Tensor.zeros(shape, type), variableName, name().replace('/', '>'));
        variable.trainable(false);
        variables.add(variable);
        return variable;
    }

    /** Makes the state if it is not there; called before each update and result. */
    protected final void build() {
        if (!built) {
            built = true;
            createVariables();
            freeze();
        }
    }

    /** Takes a batch into account; samples may have weights. */
    public abstract void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight);

    /** Takes a batch into account. */
    public void update(Tensor yTrue, Tensor yPred) {
        update(yTrue, yPred, null);
    }

    /** The value over all batches so far. */
    public abstract Tensor result();

    /** Takes a batch into account and gives the value so far. */
    public final Tensor apply(Tensor yTrue, Tensor yPred) {
        update(yTrue, yPred);
        return result();
    }

    /** Takes a batch into account and gives the value so far; samples may have weights. */
    public final Tensor apply(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        update(yTrue, yPred, sampleWeight);
        return result();
    }

    /** Forgets all batches. */
    public void reset() {
        for (var variable : variables()) {
            variable.assign(Tensor.zeros(variable.shape(), variable.dtype()));
        }
    }

    /** The state. */
    public List<? extends Variable> variables() {
        build();
        return List.copyOf(variables);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        name();
        return super.config();
    }

    /** The settings of every metric, which return the metric itself. */
    public abstract static class Of<S extends Of<S>> extends Metric {
        /** For sub-classes. */
        protected Of() {}

        @SuppressWarnings("unchecked")
        private S self() {
            return (S) this;
        }

        /** Sets a value and returns this. */
        protected final <T> S with(Setting<T> setting, @Nullable T value) {
            set(setting, value);
            return self();
        }

        /** The name in logs. */
        public S name(String name) {
            return with(NAME, name);
        }

        /** The dtype of state and result. */
        public S dtype(DType dtype) {
            return with(DTYPE, dtype);
        }
    }
}
