package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Catalogue;
import sungu.keras.config.CustomObjects;
import sungu.keras.config.ObjectType;
import sungu.keras.losses.Loss;
import sungu.keras.losses.LossFunction;
import sungu.keras.losses.Losses;
import sungu.tensor.Shape;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The metrics by name. */
public final class Metrics {
    /** The classes by name. */
    public static final Catalogue CATALOGUE =
            new Catalogue(
                    "metric",
                    List.of(
                            "Mean",
                            "Sum",
                            "MeanMetricWrapper",
                            "MeanSquaredError",
                            "MeanAbsoluteError",
                            "MeanAbsolutePercentageError",
                            "MeanSquaredLogarithmicError",
                            "Hinge",
                            "SquaredHinge",
                            "CategoricalHinge",
                            "Poisson",
                            "KLDivergence",
                            "LogCoshError",
                            "CosineSimilarity",
                            "Accuracy",
                            "BinaryAccuracy",
                            "CategoricalAccuracy",
                            "SparseCategoricalAccuracy",
                            "TopKCategoricalAccuracy",
                            "SparseTopKCategoricalAccuracy",
                            "BinaryCrossentropy",
                            "CategoricalCrossentropy",
                            "SparseCategoricalCrossentropy",
                            "Precision",
                            "Recall",
                            "TruePositives",
                            "FalsePositives",
                            "TrueNegatives",
                            "FalseNegatives",
                            "RootMeanSquaredError",
                            "PearsonCorrelation",
                            "ConcordanceCorrelation",
                            "SensitivityAtSpecificity",
                            "SpecificityAtSensitivity",
                            "PrecisionAtRecall",
                            "RecallAtPrecision",
                            "AUC",
                            "FBetaScore",
                            "F1Score",
                            "R2Score",
                            "IoU",
                            "BinaryIoU",
                            "MeanIoU",
                            "OneHotIoU",
                            "OneHotMeanIoU"),
                    Metrics::find,
                    Metrics::alias);

    private Metrics() {}

    private static @Nullable ObjectType<?> find(String name) {
        return switch (name) {
            case "Mean" -> Mean.TYPE;
            case "Sum" -> Sum.TYPE;
            case "MeanMetricWrapper" -> MeanMetricWrapper.TYPE;
            case "MeanSquaredError" -> MeanSquaredError.TYPE;
            case "MeanAbsoluteError" -> MeanAbsoluteError.TYPE;
            case "MeanAbsolutePercentageError" -> MeanAbsolutePercentageError.TYPE;
            case "MeanSquaredLogarithmicError" -> MeanSquaredLogarithmicError.TYPE;
            case "Hinge" -> Hinge.TYPE;
            case "SquaredHinge" -> SquaredHinge.TYPE;
            case "CategoricalHinge" -> CategoricalHinge.TYPE;
            case "Poisson" -> Poisson.TYPE;
            case "KLDivergence" -> KLDivergence.TYPE;
            case "LogCoshError" -> LogCoshError.TYPE;
            case "CosineSimilarity" -> CosineSimilarity.TYPE;
            case "Accuracy" -> Accuracy.TYPE;
            case "BinaryAccuracy" -> BinaryAccuracy.TYPE;
            case "CategoricalAccuracy" -> CategoricalAccuracy.TYPE;
            case "SparseCategoricalAccuracy" -> SparseCategoricalAccuracy.TYPE;
            case "TopKCategoricalAccuracy" -> TopKCategoricalAccuracy.TYPE;
            case "SparseTopKCategoricalAccuracy" -> SparseTopKCategoricalAccuracy.TYPE;
            case "BinaryCrossentropy" -> BinaryCrossentropy.TYPE;
            case "CategoricalCrossentropy" -> CategoricalCrossentropy.TYPE;
            case "SparseCategoricalCrossentropy" -> SparseCategoricalCrossentropy.TYPE;
            case "Precision" -> Precision.TYPE;
            case "Recall" -> Recall.TYPE;
            case "TruePositives" -> TruePositives.TYPE;
            case "FalsePositives" -> FalsePositives.TYPE;
            case "TrueNegatives" -> TrueNegatives.TYPE;
            case "FalseNegatives" -> FalseNegatives.TYPE;
            case "RootMeanSquaredError" -> RootMeanSquaredError.TYPE;
            case "PearsonCorrelation" -> PearsonCorrelation.TYPE;
            case "ConcordanceCorrelation" -> ConcordanceCorrelation.TYPE;
            case "SensitivityAtSpecificity" -> SensitivityAtSpecificity.TYPE;
            case "SpecificityAtSensitivity" -> SpecificityAtSensitivity.TYPE;
            case "PrecisionAtRecall" -> PrecisionAtRecall.TYPE;
            case "RecallAtPrecision" -> RecallAtPrecision.TYPE;
            case "AUC" -> AUC.TYPE;
            case "FBetaScore" -> FBetaScore.TYPE;
            case "F1Score" -> F1Score.TYPE;
            case "R2Score" -> R2Score.TYPE;
            case "IoU" -> IoU.TYPE;
            case "BinaryIoU" -> BinaryIoU.TYPE;
            case "MeanIoU" -> MeanIoU.TYPE;
            case "OneHotIoU" -> OneHotIoU.TYPE;
            case "OneHotMeanIoU" -> OneHotMeanIoU.TYPE;
            default -> null;
        };
    }

    private static @Nullable String alias(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "acc" -> "Accuracy";
            case "mse" -> "MeanSquaredError";
            case "mae" -> "MeanAbsoluteError";
            case "mape" -> "MeanAbsolutePercentageError";
            case "msle" -> "MeanSquaredLogarithmicError";
            case "rmse" -> "RootMeanSquaredError";
            case "bce" -> "BinaryCrossentropy";
            case "kld" -> "KLDivergence";
            case "logcosh" -> "LogCoshError";
            case "cosine_proximity" -> "CosineSimilarity";
            default -> null;
        };
    }

    /**
     * The metric that a name, an object or a function stands for, for targets and predictions of
     * these shapes. {@code accuracy} and {@code crossentropy} choose the form that fits the shapes:
     * binary, categorical or sparse.
     */
    public static Metric of(Object any, Shape yTrue, Shape yPred) {
        if (any instanceof Metric given) {
            return given;
        }
        if (any instanceof Loss loss) {
            return new MeanMetricWrapper(loss.name(), (t, p) -> loss.apply(t, p, null));
        }
        if (any instanceof LossFunction function) {
            return new MeanMetricWrapper("metric_function", function);
        }
        var name = String.valueOf(any);
        boolean binary = yPred.rank() > 0 && yPred.dim(-1) == 1;
        boolean sparse =
                yTrue.rank() < yPred.rank()
                        || yTrue.rank() > 0 && yTrue.dim(-1) == 1 && yPred.dim(-1) > 1;
        var metric =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "accuracy", "acc" ->
                            binary
                                    ? new BinaryAccuracy()
                                    : sparse
                                            ? new SparseCategoricalAccuracy()
                                            : new CategoricalAccuracy();
                    case "crossentropy", "ce" ->
                            binary
                                    ? new BinaryCrossentropy()
                                    : sparse
                                            ? new SparseCategoricalCrossentropy()
                                            : new CategoricalCrossentropy();
                    default -> named(name);
                };
        metric.rename(name);
        return metric;
    }

    private static Metric named(String name) {
        var type = CATALOGUE.lookup(name);
        var custom = type == null ? CustomObjects.find(name) : null;
        if (custom instanceof ObjectType<?> registered) {
            type = registered;
        }
        if (type != null && type.create(Map.of()) instanceof Metric metric) {
            return metric;
        }
        var function =
                custom instanceof LossFunction registered ? registered : Losses.function(name);
        if (function != null) {
            return new MeanMetricWrapper(name, function);
        }
        throw CATALOGUE.unknown(name);
    }

    /** The function behind a metric by name, with its defaults; null if there is none. */
    static @Nullable LossFunction function(String name) {
        var type = CATALOGUE.lookup(name);
        return type != null
                        && !type.className().equals("MeanMetricWrapper")
                        && type.create(Map.of()) instanceof MeanOfFunction<?> metric
                ? metric::values
                : null;
    }

    // ---- classes whose simple names stand for a loss and a metric
    // -----------------------------------------------------------------

    /** The metric {@link BinaryCrossentropy}. */
    public static BinaryCrossentropy binaryCrossentropy() {
        return new BinaryCrossentropy();
    }

    /** The metric {@link CategoricalCrossentropy}. */
    public static CategoricalCrossentropy categoricalCrossentropy() {
        return new CategoricalCrossentropy();
    }

    /** The metric {@link CategoricalHinge}. */
    public static CategoricalHinge categoricalHinge() {
        return new CategoricalHinge();
    }

    /** The metric {@link CosineSimilarity}. */
    public static CosineSimilarity cosineSimilarity() {
        return new CosineSimilarity();
    }

    /** The metric {@link Hinge}. */
    public static Hinge hinge() {
        return new Hinge();
    }

    /** The metric {@link KLDivergence}. */
    public static KLDivergence klDivergence() {
        return new KLDivergence();
    }

    /** The metric {@link MeanAbsoluteError}. */
    public static MeanAbsoluteError meanAbsoluteError() {
        return new MeanAbsoluteError();
    }

    /** The metric {@link MeanAbsolutePercentageError}. */
    public static MeanAbsolutePercentageError meanAbsolutePercentageError() {
        return new MeanAbsolutePercentageError();
    }

    /** The metric {@link MeanSquaredError}. */
    public static MeanSquaredError meanSquaredError() {
        return new MeanSquaredError();
    }

    /** The metric {@link MeanSquaredLogarithmicError}. */
    public static MeanSquaredLogarithmicError meanSquaredLogarithmicError() {
        return new MeanSquaredLogarithmicError();
    }

    /** The metric {@link Poisson}. */
    public static Poisson poisson() {
        return new Poisson();
    }

    /** The metric {@link SparseCategoricalCrossentropy}. */
    public static SparseCategoricalCrossentropy sparseCategoricalCrossentropy() {
        return new SparseCategoricalCrossentropy();
    }

    /** The metric {@link SquaredHinge}. */
    public static SquaredHinge squaredHinge() {
        return new SquaredHinge();
    }
}
