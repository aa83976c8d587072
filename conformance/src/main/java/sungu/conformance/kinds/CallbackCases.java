package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.JsonTree;
import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.keras.Input;
import sungu.keras.callbacks.Callback;
import sungu.keras.callbacks.EarlyStopping;
import sungu.keras.callbacks.History;
import sungu.keras.callbacks.Logs;
import sungu.keras.callbacks.ModelCheckpoint;
import sungu.keras.callbacks.ReduceLROnPlateau;
import sungu.keras.layers.Dense;
import sungu.keras.models.Model;
import sungu.keras.models.Sequential;
import sungu.keras.optimizers.SGD;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cases of kind {@code callback}: a callback driven with given logs on a model of one Dense layer.
 */
final class CallbackCases {
    private final Case recorded;
    private final Path folder;
    private final Model model;
    private final Callback callback;
    private final Comparison comparison;

    private CallbackCases(Case recorded, Path folder) {
        this.recorded = recorded;
        this.folder = folder;
        comparison = new Comparison(recorded.tolerance());
        model = Sequential.of(Input.shape(1), new Dense(1));
        double rate = Values.real(recorded.field("initial_learning_rate"));
        model.compile(options ->
                options.optimizer(new SGD().learningRate(rate)).loss("mse").metrics("mae"));
        // Metrics are resolved at the first step; monitors ask for their directions.
        var row = Tensor.zeros(Shape.of(1, 1), DType.FLOAT32);
        model.evaluate(row, row, options -> options.verbose(0));
        callback = CallbackForm.of(recorded.fields(), folder);
        callback.attach(model);
    }

    static void replay(Case recorded) throws IOException {
        var folder = Files.createTempDirectory("sungu-callback");
        try {
            new CallbackCases(recorded, folder).run();
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run() throws IOException {
        drive();
        if (recorded.raises()) {
            return;
        }
        if (recorded.has("final_weight_value")) {
            var expected = Values.real(recorded.field("final_weight_value"));
            model.weights()
                    .forEach(weight ->
                            comparison.check("final weight", weight.stored().number(0), expected));
        }
        if (callback instanceof History history) {
            comparison.check("history", history.history(), Things.plain(recorded.field("history")));
            comparison.check("epoch", history.epochs(), recorded.list("epoch"));
        }
        if (recorded.has("files")) {
            comparison.check("files", files(), recorded.list("files"));
        }
        if (recorded.has("text")) {
            comparison.check(
                    "text",
                    Files.readString(
                            folder.resolve(
                                    String.valueOf(recorded.object("args").get("filename")))),
                    recorded.field("text"));
        }
    }

    private List<String> files() throws IOException {
        try (var found = Files.list(folder)) {
            return found.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void drive() throws IOException {
        int batches =
                recorded.field("batches_per_epoch") instanceof Number number
                        ? number.intValue()
                        : 0;
        var events = recorded.list("events");
        // Without logs of their own, epochs get what the recorded ones say without what the
        // callback adds.
        var logs =
                recorded.has("logs")
                        ? recorded.list("logs")
                        : events.stream().map(CallbackCases::loggedBefore).toList();
        callback.onTrainBegin();
        int epoch = 0;
        for (var tree : logs) {
            callback.onEpochBegin(epoch);
            double value = epoch + 1;
            model.weights()
                    .forEach(weight ->
                            weight.assign(Tensor.full(weight.shape(), value, weight.dtype())));
            for (int batch = 0; batch < batches; batch++) {
                callback.onTrainBatchBegin(batch);
                callback.onTrainBatchEnd(batch, logs((Map<?, ?>) tree));
            }
            var given = logs((Map<?, ?>) tree);
            callback.onEpochEnd(epoch, given);
            if (!recorded.raises() && epoch < events.size()) {
                event(JsonTree.strings((Map<?, ?>) events.get(epoch)), given);
            }
            epoch++;
            if (model.stopTraining()) {
                break;
            }
        }
        callback.onTrainEnd(Logs.EMPTY);
        if (!recorded.raises()) {
            comparison.check("epochs", epoch, (long) events.size());
        }
    }

    private static Map<String, @Nullable Object> loggedBefore(Object event) {
        var logs = new LinkedHashMap<String, @Nullable Object>();
        if (((Map<?, ?>) event).get("logs_after") instanceof Map<?, ?> after) {
            logs.putAll(JsonTree.strings(after));
        }
        logs.remove("learning_rate");
        return logs;
    }

    private static Logs logs(Map<?, ?> tree) {
        var values = new LinkedHashMap<String, Double>();
        JsonTree.strings(tree).forEach((name, value) -> values.put(name, Values.real(value)));
        return Logs.of(values);
    }

    private void event(Map<String, @Nullable Object> expected, Logs given) throws IOException {
        for (var entry : expected.entrySet()) {
            var where = "epoch " + expected.get("epoch") + " " + entry.getKey();
            var value = entry.getValue();
            switch (entry.getKey()) {
                case "epoch" -> {}
                case "learning_rate" ->
                        comparison.check(
                                where,
                                model.optimizer().learningRate().doubleValue(),
                                Values.real(value));
                case "stop_training" -> comparison.check(where, model.stopTraining(), value);
                case "files" -> comparison.check(where, files(), value);
                case "logs_after" -> comparison.check(where, given.values(), Things.plain(value));
                default -> comparison.check(where, state(entry.getKey()), Things.plain(value));
            }
        }
    }

    private @Nullable Object state(String name) {
        return switch (callback) {
            case EarlyStopping stopping when name.equals("stopped_epoch") ->
                    stopping.stoppedEpoch();
            case EarlyStopping stopping when name.equals("best") -> stopping.best();
            case EarlyStopping stopping when name.equals("best_epoch") -> stopping.bestEpoch();
            case EarlyStopping stopping when name.equals("wait") -> stopping.waited();
            case EarlyStopping stopping when name.equals("patience") -> stopping.patience();
            case ReduceLROnPlateau reducing when name.equals("best") -> reducing.best();
            case ReduceLROnPlateau reducing when name.equals("wait") -> reducing.waited();
            case ReduceLROnPlateau reducing when name.equals("cooldown_counter") ->
                    reducing.cooldownCounter();
            case ModelCheckpoint checkpoint when name.equals("best") -> checkpoint.best();
            default ->
                    throw new Unsupported(
                            "the state '" + name + "' of " + callback.getClass().getSimpleName());
        };
    }
}
