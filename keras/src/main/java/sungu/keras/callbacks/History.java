package sungu.keras.callbacks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What training was like: per metric its value after each epoch. Returned by {@code fit}. */
public final class History extends Callback {
    private final List<Integer> epochs = new ArrayList<>();
    private final Map<String, List<Double>> history = new LinkedHashMap<>();

    /** An empty history. */
    public History() {}

    /** The epochs run, counted from 0. */
    public List<Integer> epochs() {
        return Collections.unmodifiableList(epochs);
    }

    /** Per metric the value after each epoch. */
    public Map<String, List<Double>> history() {
        return Collections.unmodifiableMap(history);
    }

    /** The values of one metric, one per epoch. */
    public List<Double> get(String metric) {
        var values = history.get(metric);
        if (values == null) {
            throw new IllegalArgumentException(
                    "no metric '" + metric + "' in the history, only " + history.keySet());
        }
        return Collections.unmodifiableList(values);
    }

    @Override
    public void onTrainBegin() {
        epochs.clear();
        history.clear();
    }

    @Override
    public void onEpochEnd(int epoch, Logs logs) {
        epochs.add(epoch);
        logs.values()
                .forEach((name, value) ->
                        history.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    }

    @Override
    public String toString() {
        var text = new StringBuilder("History of " + epochs.size() + " epochs");
        history.forEach((name, values) ->
                text.append(System.lineSeparator())
                        .append("  ")
                        .append(name)
                        .append(": ")
                        .append(values));
        return text.toString();
    }
}
