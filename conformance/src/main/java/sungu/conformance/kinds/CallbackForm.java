package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.keras.callbacks.CSVLogger;
import sungu.keras.callbacks.Callback;
import sungu.keras.callbacks.EarlyStopping;
import sungu.keras.callbacks.History;
import sungu.keras.callbacks.LearningRateScheduler;
import sungu.keras.callbacks.ModelCheckpoint;
import sungu.keras.callbacks.ReduceLROnPlateau;
import sungu.keras.callbacks.TerminateOnNaN;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Callbacks from a recorded class and its Python arguments. */
final class CallbackForm {
    /** The schedules that are recorded as Python text: a rate, or one of two by the epoch. */
    private static final Pattern CHOICE =
            Pattern.compile("(?:lambda epoch, lr:)?\\s*(.+?)(?: if epoch > (\\d+) else (.+))?");

    private static final Pattern RATE = Pattern.compile("lr(?: \\* ([0-9.e-]+))?");

    private CallbackForm() {}

    /** Makes the callback; files are in a folder. */
    static Callback of(Map<String, @Nullable Object> recorded, Path folder) {
        var name = String.valueOf(recorded.get("class"));
        var arguments = (Map<?, ?>) Objects.requireNonNullElse(recorded.get("args"), Map.of());
        return switch (name) {
            case "History" -> new History();
            case "EarlyStopping" -> earlyStopping(arguments);
            case "ReduceLROnPlateau" -> reduce(arguments);
            case "TerminateOnNaN" -> new TerminateOnNaN();
            case "ModelCheckpoint" -> checkpoint(arguments, folder);
            case "CSVLogger" -> logger(arguments, folder);
            case "LearningRateScheduler" -> {
                var schedule =
                        recorded.get("schedule") != null
                                ? recorded.get("schedule")
                                : arguments.get("schedule_python");
                yield new LearningRateScheduler(schedule(String.valueOf(schedule)));
            }
            default -> throw new Unsupported("callback " + name);
        };
    }

    private static int integer(Object value) {
        return ((Number) value).intValue();
    }

    private static Unsupported unknown(String callback, Object name) {
        return new Unsupported(callback + " with '" + name + "'");
    }

    private static Callback earlyStopping(Map<?, ?> arguments) {
        var callback = new EarlyStopping();
        arguments.forEach((name, value) -> {
            switch ((String) name) {
                case "monitor" -> callback.monitor((String) value);
                case "min_delta" -> callback.minDelta(Values.real(value));
                case "patience" -> callback.patience(integer(value));
                case "verbose" -> callback.verbose(integer(value));
                case "mode" -> callback.mode((String) value);
                case "baseline" -> callback.baseline(Values.real(value));
                case "restore_best_weights" -> callback.restoreBestWeights((Boolean) value);
                case "start_from_epoch" -> callback.startFromEpoch(integer(value));
                default -> throw unknown("EarlyStopping", name);
            }
        });
        return callback;
    }

    private static Callback reduce(Map<?, ?> arguments) {
        var callback = new ReduceLROnPlateau();
        arguments.forEach((name, value) -> {
            switch ((String) name) {
                case "monitor" -> callback.monitor((String) value);
                case "factor" -> callback.factor(Values.real(value));
                case "patience" -> callback.patience(integer(value));
                case "verbose" -> callback.verbose(integer(value));
                case "mode" -> callback.mode((String) value);
                case "min_delta" -> callback.minDelta(Values.real(value));
                case "cooldown" -> callback.cooldown(integer(value));
                case "min_lr" -> callback.minLr(Values.real(value));
                default -> throw unknown("ReduceLROnPlateau", name);
            }
        });
        return callback;
    }

    private static Callback checkpoint(Map<?, ?> arguments, Path folder) {
        var callback =
                new ModelCheckpoint(
                        folder.resolve(String.valueOf(arguments.get("filepath"))).toString());
        arguments.forEach((name, value) -> {
            switch ((String) name) {
                case "filepath" -> {}
                case "monitor" -> callback.monitor((String) value);
                case "verbose" -> callback.verbose(integer(value));
                case "mode" -> callback.mode((String) value);
                case "save_best_only" -> callback.saveBestOnly((Boolean) value);
                case "save_weights_only" -> callback.saveWeightsOnly((Boolean) value);
                case "save_freq" -> {
                    if (!"epoch".equals(value)) {
                        callback.saveFreq(integer(value));
                    }
                }
                case "initial_value_threshold" ->
                        callback.initialValueThreshold(Values.real(value));
                default -> throw unknown("ModelCheckpoint", name);
            }
        });
        return callback;
    }

    private static Callback logger(Map<?, ?> arguments, Path folder) {
        var callback = new CSVLogger(folder.resolve(String.valueOf(arguments.get("filename"))));
        arguments.forEach((name, value) -> {
            switch ((String) name) {
                case "filename" -> {}
                case "separator" -> callback.separator((String) value);
                case "append" -> callback.append((Boolean) value);
                default -> throw unknown("CSVLogger", name);
            }
        });
        return callback;
    }

    private static LearningRateScheduler.Schedule schedule(String python) {
        var parts = CHOICE.matcher(python);
        if (!parts.matches()) {
            throw new Unsupported("the schedule '" + python + "'");
        }
        double first = factor(parts.group(1));
        if (parts.group(2) == null) {
            return (epoch, rate) -> rate * first;
        }
        int last = Integer.parseInt(parts.group(2));
        double second = factor(parts.group(3));
        return (epoch, rate) -> rate * (epoch > last ? first : second);
    }

    private static double factor(String rate) {
        var parts = RATE.matcher(rate.strip());
        if (!parts.matches()) {
            throw new Unsupported("the schedule '" + rate + "'");
        }
        return parts.group(1) == null ? 1 : Double.parseDouble(parts.group(1));
    }
}
