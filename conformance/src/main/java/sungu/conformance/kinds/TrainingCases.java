package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.JsonTree;
import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.keras.callbacks.Callback;
import sungu.keras.models.Model;
import sungu.keras.optimizers.Optimizer;
import sungu.keras.training.CompileOptions;
import sungu.keras.training.FitOptions;
import sungu.tensor.Tensor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cases of kind {@code training}: compile, fit, evaluate and predict with given weights and data in
 * a given order.
 */
final class TrainingCases {
    private TrainingCases() {}

    static void replay(Case recorded) {
        var model = Things.make(recorded.field("model"), Model.class);
        var initial = new ArrayList<Tensor>();
        recorded.list("initial_weights").forEach(tree -> initial.add(Values.tensorOf(tree)));
        LayerCases.assign(model, initial);
        model.compile(compiled(recorded.object("compile")));
        var x = data(recorded, "x");
        var y = data(recorded, "y");
        var callbacks = new ArrayList<Callback>();
        recorded.list("callbacks")
                .forEach(tree ->
                        callbacks.add(
                                CallbackForm.of(
                                        JsonTree.strings((Map<?, ?>) some(tree)), Path.of(""))));
        var fit = fitted(Things.arguments().entries(recorded.object("fit"))).callbacks(callbacks);
        var history = model.fit(x, y, ignored -> fit);

        var comparison = new Comparison(recorded.tolerance());
        comparison.check("epochs_run", history.epochs(), recorded.list("epochs_run"));
        comparison.check("history", history.history(), Things.plain(recorded.field("history")));
        var weights = model.weights();
        var finals = recorded.list("final_weights");
        for (int i = 0; i < finals.size(); i++) {
            comparison.check(
                    "final weight '" + weights.get(i).path() + "'",
                    weights.get(i).stored(),
                    Values.tensorOf(finals.get(i)));
        }
        comparison.check(
                "optimizer_iterations",
                model.optimizer().iterations().host().integer(0),
                recorded.field("optimizer_iterations"));
        if (recorded.has("final_learning_rate")) {
            comparison.check(
                    "final_learning_rate",
                    model.optimizer().learningRate().doubleValue(),
                    Things.plain(recorded.field("final_learning_rate")));
        }
        if (recorded.has("evaluate")) {
            var given =
                    recorded.has("evaluate_data")
                            ? (List<?>)
                                    some(Things.arguments().decode(recorded.field("evaluate_data")))
                            : List.of(x, y);
            comparison.check(
                    "evaluate",
                    model.evaluate(
                            some(given.get(0)), some(given.get(1)), options -> options.verbose(0)),
                    Things.plain(recorded.field("evaluate")));
        }
        var predicted =
                model.predictAll(data(recorded, "predict_input"), options -> options.verbose(0));
        comparison.check(
                "predict", predicted.nested(), Values.results().decode(recorded.field("predict")));
    }

    private static Object some(@Nullable Object value) {
        if (value == null) {
            throw new Unsupported("a training case that lacks data");
        }
        return value;
    }

    private static Object data(Case recorded, String field) {
        return some(Things.arguments().decode(recorded.field(field)));
    }

    private static CompileOptions compiled(Map<String, @Nullable Object> recorded) {
        var options = CompileOptions.DEFAULT;
        for (var entry : recorded.entrySet()) {
            var value = objects(entry.getValue());
            options =
                    switch (entry.getKey()) {
                        case "optimizer" ->
                                value instanceof Optimizer optimizer
                                        ? options.optimizer(optimizer)
                                        : options.optimizer(String.valueOf(value));
                        case "loss" -> options.anyLoss(value);
                        case "loss_weights" -> options.anyLossWeights(value);
                        case "metrics" -> options.anyMetrics(value);
                        case "weighted_metrics" -> options.anyWeightedMetrics(value);
                        case "steps_per_execution" ->
                                options.stepsPerExecution(((Number) some(value)).intValue());
                        case "run_eagerly" -> options.runEagerly(Boolean.TRUE.equals(value));
                        default -> throw new Unsupported("compile with '" + entry.getKey() + "'");
                    };
        }
        return options;
    }

    /** A plain tree with the Keras objects in it made. */
    private static @Nullable Object objects(@Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map when map.containsKey("class_name") -> Things.make(map, Object.class);
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<String, @Nullable Object>();
                JsonTree.strings(map).forEach((key, value) -> entries.put(key, objects(value)));
                yield entries;
            }
            case List<?> list -> {
                var items = new ArrayList<@Nullable Object>();
                list.forEach(item -> items.add(objects(item)));
                yield items;
            }
            case null, default -> tree;
        };
    }

    private static FitOptions fitted(Map<String, @Nullable Object> recorded) {
        var options = FitOptions.DEFAULT.verbose(0);
        for (var entry : recorded.entrySet()) {
            var value = some(entry.getValue());
            options =
                    switch (entry.getKey()) {
                        case "shuffle" -> options.shuffle((Boolean) value);
                        case "epochs" -> options.epochs(integer(value));
                        case "batch_size" -> options.batchSize(integer(value));
                        case "initial_epoch" -> options.initialEpoch(integer(value));
                        case "validation_freq" -> options.validationFreq(integer(value));
                        case "steps_per_epoch" -> options.stepsPerEpoch(integer(value));
                        case "validation_steps" -> options.validationSteps(integer(value));
                        case "validation_batch_size" -> options.validationBatchSize(integer(value));
                        case "validation_split" ->
                                options.validationSplit(((Number) value).doubleValue());
                        case "sample_weight" -> options.sampleWeight(value);
                        case "class_weight" -> options.classWeight(classWeights((Map<?, ?>) value));
                        case "validation_data" -> {
                            var parts = (List<?>) value;
                            yield parts.size() == 2
                                    ? options.validationData(some(parts.get(0)), some(parts.get(1)))
                                    : options.validationData(
                                            some(parts.get(0)),
                                            some(parts.get(1)),
                                            some(parts.get(2)));
                        }
                        default -> throw new Unsupported("fit with '" + entry.getKey() + "'");
                    };
        }
        return options;
    }

    private static int integer(Object value) {
        return ((Number) value).intValue();
    }

    private static Map<Integer, Double> classWeights(Map<?, ?> recorded) {
        var weights = new LinkedHashMap<Integer, Double>();
        recorded.forEach((key, value) ->
                weights.put(integer(some(key)), ((Number) some(value)).doubleValue()));
        return weights;
    }
}
