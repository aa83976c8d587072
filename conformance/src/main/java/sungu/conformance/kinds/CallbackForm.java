package sungu.conformance.kinds;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import sungu.conformance.Unsupported;
import sungu.keras.callbacks.Callback;
import sungu.keras.callbacks.EarlyStopping;
import sungu.keras.callbacks.History;

/** Callbacks from a recorded class and its Python arguments. */
final class CallbackForm {
    private CallbackForm() {}

    static Callback of(Map<String, @Nullable Object> recorded) {
        var name = String.valueOf(recorded.get("class"));
        var arguments = (Map<?, ?>) java.util.Objects.requireNonNullElse(recorded.get("args"), Map.of());
        return switch (name) {
            case "History" -> new History();
            case "EarlyStopping" -> earlyStopping(arguments);
            default -> throw new Unsupported("callback " + name);
        };
    }

    private static Callback earlyStopping(Map<?, ?> arguments) {
        var callback = new EarlyStopping();
        arguments.forEach((name, value) -> {
            switch ((String) name) {
                case "monitor" -> callback.monitor((String) value);
                case "min_delta" -> callback.minDelta(((Number) value).doubleValue());
                case "patience" -> callback.patience(((Number) value).intValue());
                case "verbose" -> callback.verbose(((Number) value).intValue());
                case "mode" -> callback.mode((String) value);
                case "baseline" -> callback.baseline(((Number) value).doubleValue());
                case "restore_best_weights" -> callback.restoreBestWeights((Boolean) value);
                case "start_from_epoch" -> callback.startFromEpoch(((Number) value).intValue());
                default -> throw new Unsupported("EarlyStopping with '" + name + "'");
            }
        });
        return callback;
    }
}
