package sungu.conformance.kinds;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import sungu.keras.layers.Dense;
import sungu.keras.models.Model;
import sungu.keras.models.Sequential;
import sungu.keras.optimizers.SGD;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Cases of kind {@code callback}: a callback driven with given logs on a model of one Dense layer. */
final class CallbackCases {
    private CallbackCases() {}

    static void replay(Case recorded) {
        var callback = CallbackForm.of(recorded.fields());
        var model = Sequential.of(Input.shape(1), new Dense(1));
        model.compile(options -> options.optimizer(new SGD().learningRate(Values.real(recorded.field("initial_learning_rate")))).loss("mse").metrics("mae"));
        // Metrics are resolved at the first step; monitors ask for their directions.
        var row = Tensor.zeros(Shape.of(1, 1), DType.FLOAT32);
        model.evaluate(row, row, options -> options.verbose(0));
        callback.attach(model);
        var comparison = new Comparison(recorded.tolerance());
        drive(recorded, callback, model, comparison);
        if (recorded.raises()) {
            return;
        }
        if (recorded.has("final_weight_value")) {
            var expected = Values.real(recorded.field("final_weight_value"));
            model.weights().forEach(weight -> comparison.check("final weight", weight.stored().number(0), expected));
        }
        if (callback instanceof History history) {
            comparison.check("history", history.history(), Things.plain(recorded.field("history")));
            comparison.check("epoch", history.epochs(), recorded.list("epoch"));
        } else if (recorded.has("text") || recorded.has("files")) {
            throw new Unsupported("files of " + recorded.name());
        }
    }

    private static void drive(Case recorded, Callback callback, Model model, Comparison comparison) {
        int batches = recorded.field("batches_per_epoch") instanceof Number number ? number.intValue() : 0;
        callback.onTrainBegin();
        int epoch = 0;
        for (var tree : recorded.list("logs")) {
            callback.onEpochBegin(epoch);
            double value = epoch + 1;
            model.weights().forEach(weight -> weight.assign(Tensor.full(weight.shape(), value, weight.dtype())));
            for (int batch = 0; batch < batches; batch++) {
                callback.onTrainBatchBegin(batch);
                callback.onTrainBatchEnd(batch, logs((Map<?, ?>) tree));
            }
            callback.onEpochEnd(epoch, logs((Map<?, ?>) tree));
            if (!recorded.raises() && epoch < recorded.list("events").size()) {
                event(callback, model, JsonTree.strings((Map<?, ?>) recorded.list("events").get(epoch)), comparison);
            }
            epoch++;
            if (model.stopTraining()) {
                break;
            }
        }
        callback.onTrainEnd(Logs.EMPTY);
        if (!recorded.raises()) {
            comparison.check("epochs", epoch, (long) recorded.list("events").size());
        }
    }

    private static Logs logs(Map<?, ?> recorded) {
        var values = new LinkedHashMap<String, Double>();
        JsonTree.strings(recorded).forEach((name, value) -> values.put(name, Values.real(value)));
        return Logs.of(values);
    }

    private static void event(Callback callback, Model model, Map<String, @Nullable Object> expected, Comparison comparison) {
        expected.forEach((name, value) -> {
            var where = "epoch " + expected.get("epoch") + " " + name;
            switch (name) {
                case "epoch" -> {}
                case "learning_rate" -> comparison.check(where, model.optimizer().learningRate().doubleValue(), Values.real(value));
                case "stop_training" -> comparison.check(where, model.stopTraining(), value);
                default -> comparison.check(where, state(callback, name), Things.plain(value));
            }
        });
    }

    private static @Nullable Object state(Callback callback, String name) {
        if (callback instanceof EarlyStopping stopping && List.of("stopped_epoch", "best", "best_epoch", "wait", "patience").contains(name)) {
            return switch (name) {
                case "stopped_epoch" -> stopping.stoppedEpoch();
                case "best" -> stopping.best();
                case "best_epoch" -> stopping.bestEpoch();
                case "wait" -> stopping.waited();
                default -> stopping.patience();
            };
        }
        throw new Unsupported("the state '" + name + "' of " + callback.getClass().getSimpleName());
    }
}
