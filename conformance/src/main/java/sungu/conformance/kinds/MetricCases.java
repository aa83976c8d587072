package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.JsonTree;
import sungu.conformance.Judge;
import sungu.conformance.Mismatch;
import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.keras.metrics.Metric;
import sungu.tensor.Tensor;

import java.util.Map;
import java.util.Set;

/** Cases of kind {@code metric}: updates, results and resets in a row. */
final class MetricCases {
    private MetricCases() {}

    static void replay(Case recorded) {
        var metric = Things.make(recorded.field("config"), Metric.class);
        var initial = recorded.list("initial_variables");
        var variables = metric.variables();
        // Metrics that make their state at the first update have none here yet.
        for (int i = 0; i < Math.min(initial.size(), variables.size()); i++) {
            variables.get(i).assign(Values.tensorOf(initial.get(i)));
        }
        var comparison = new Comparison(recorded.tolerance());
        int number = 0;
        for (var tree : recorded.list("events")) {
            var event = JsonTree.strings((Map<?, ?>) java.util.Objects.requireNonNull(tree));
            if (event.containsKey("raises")) {
                requireError(metric, event, number);
            } else {
                step(metric, event, comparison, "event " + number);
            }
            number++;
        }
    }

    private static void step(
            Metric metric,
            Map<String, @Nullable Object> event,
            Comparison comparison,
            String where) {
        if (event.get("update") instanceof Map<?, ?> update) {
            update(metric, Things.arguments().entries(update));
        } else if (event.containsKey("reset")) {
            metric.reset();
        } else {
            var result = metric.result();
            if (event.containsKey("result")) {
                comparison.check(
                        where + " result", result, Values.results().decode(event.get("result")));
            }
        }
    }

    private static void requireError(
            Metric metric, Map<String, @Nullable Object> event, int number) {
        try {
            step(
                    metric,
                    event,
                    new Comparison(sungu.conformance.Tolerance.EXACT),
                    "event " + number);
        } catch (RuntimeException error) {
            if (Judge.isRefusal(error)) {
                return;
            }
            throw error;
        }
        throw new Mismatch(
                "event "
                        + number
                        + ": expected an error, "
                        + event.get("raises")
                        + ": "
                        + event.get("message"));
    }

    private static void update(Metric metric, Map<String, @Nullable Object> arguments) {
        if (!Set.of("y_true", "y_pred", "values", "sample_weight")
                .containsAll(arguments.keySet())) {
            throw new Unsupported("an update with " + arguments.keySet());
        }
        var first = Leaves.tensor(arguments.getOrDefault("y_true", arguments.get("values")));
        @Nullable Tensor second =
                arguments.containsKey("values") ? first : Leaves.tensor(arguments.get("y_pred"));
        if (first == null || second == null) {
            throw new Unsupported("an update without values");
        }
        // Metrics of plain values take them as predictions.
        metric.update(first, second, Leaves.tensor(arguments.get("sample_weight")));
    }
}
