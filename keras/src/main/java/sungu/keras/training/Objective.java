package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.keras.losses.Loss;
import sungu.keras.losses.Losses;
import sungu.keras.metrics.Mean;
import sungu.keras.metrics.Metric;
import sungu.keras.metrics.Metrics;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The losses and metrics of a compiled model, resolved for its outputs: what {@code compile} was
 * given finds its output by position or name, and names such as {@code accuracy} find the metric
 * that fits the shapes.
 */
final class Objective {
    private record Weighted(Loss loss, double weight, @Nullable Mean tracker) {}

    private final Outputs outputs;
    private final List<@Nullable Weighted> losses = new ArrayList<>();
    private final List<List<Metric>> metrics = new ArrayList<>();
    private final List<List<Metric>> weightedMetrics = new ArrayList<>();
    private final Map<Metric, String> shownNames = new LinkedHashMap<>();
    private final Mean total = new Mean("loss");
    private final List<Metric> all;
    private final String[] names;

    Objective(
            CompileOptions options,
            Outputs outputs,
            List<Tensor> yPred,
            List<@Nullable Tensor> yTrue) {
        this.outputs = outputs;
        boolean several = outputs.count() > 1;
        var given = outputs.perOutput("losses", options.loss());
        var weights = outputs.perOutput("loss weights", options.lossWeights());
        for (int i = 0; i < outputs.count(); i++) {
            var one = given.get(i);
            if (one == null) {
                losses.add(null);
                continue;
            }
            double weight = weights.get(i) instanceof Number number ? number.doubleValue() : 1;
            losses.add(
                    new Weighted(
                            Losses.of(one),
                            weight,
                            several ? new Mean(outputs.names().get(i) + "_loss") : null));
        }
        resolve("metrics", options.metrics(), metrics, yPred, yTrue);
        resolve("weighted metrics", options.weightedMetrics(), weightedMetrics, yPred, yTrue);
        all = collected();
        names = new String[all.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = shownNames.getOrDefault(all.get(i), all.get(i).name());
        }
    }

    private void resolve(
            String what,
            @Nullable Object given,
            List<List<Metric>> into,
            List<Tensor> yPred,
            List<@Nullable Tensor> yTrue) {
        var perOutput = outputs.perOutput("metrics", given);
        for (int i = 0; i < outputs.count(); i++) {
            var list = new ArrayList<Metric>();
            var target = yTrue.get(i);
            var one = perOutput.get(i);
            List<?> wanted =
                    one == null ? List.of() : one instanceof List<?> items ? items : List.of(one);
            for (var item : wanted) {
                if (item == null) {
                    continue;
                }
                if (target == null) {
                    throw new TensorException(
                            "compile: "
                                    + what
                                    + " for the output '"
                                    + outputs.names().get(i)
                                    + "', which has no targets");
                }
                var metric = Metrics.of(item, target.shape(), yPred.get(i).shape());
                list.add(metric);
                var shown =
                        outputs.count() > 1
                                ? outputs.names().get(i) + "_" + metric.name()
                                : metric.name();
                shownNames.put(
                        metric, shownNames.containsValue(shown) ? "weighted_" + shown : shown);
            }
            into.add(list);
        }
    }

    /** The loss of all outputs together; updates the trackers of the single ones. */
    Tensor loss(List<@Nullable Tensor> yTrue, List<Tensor> yPred, List<@Nullable Tensor> weights) {
        Tensor sum = null;
        for (int i = 0; i < losses.size(); i++) {
            var one = losses.get(i);
            var target = yTrue.get(i);
            if (one == null) {
                continue;
            }
            if (target == null) {
                throw new TensorException(
                        "no targets for the output '"
                                + outputs.names().get(i)
                                + "', which has a loss",
                        "pass y to fit or evaluate");
            }
            var value = one.loss().apply(target, yPred.get(i), weights.get(i));
            if (one.tracker() != null) {
                // Unlike the total, single losses count each batch the same: Keras does not know
                // the batch size there.
                one.tracker().update(value, null);
            }
            if (one.weight() != 1) {
                value = value.times(one.weight());
            }
            sum = sum == null ? value : sum.plus(value.cast(sum.dtype()));
        }
        return sum == null ? Tensor.zeros(Shape.SCALAR, DType.FLOAT32) : sum;
    }

    boolean hasLoss() {
        return losses.stream().anyMatch(one -> one != null);
    }

    /** Updates the tracker of the total loss, which counts each batch by its rows. */
    void track(Tensor loss, int rows) {
        total.update(loss, Tensor.full(Shape.SCALAR, rows, loss.dtype()));
    }

    void updateMetrics(
            List<@Nullable Tensor> yTrue, List<Tensor> yPred, List<@Nullable Tensor> weights) {
        for (int i = 0; i < outputs.count(); i++) {
            var target = yTrue.get(i);
            if (target == null) {
                continue;
            }
            for (var metric : metrics.get(i)) {
                metric.update(target, yPred.get(i), null);
            }
            for (var metric : weightedMetrics.get(i)) {
                metric.update(target, yPred.get(i), weights.get(i));
            }
        }
    }

    Outputs outputs() {
        return outputs;
    }

    /** All metrics: the loss, the single losses, then the others. */
    List<Metric> all() {
        return all;
    }

    private List<Metric> collected() {
        var found = new ArrayList<Metric>();
        found.add(total);
        for (var one : losses) {
            if (one != null && one.tracker() != null) {
                found.add(one.tracker());
            }
        }
        found.addAll(shownNames.keySet());
        return List.copyOf(found);
    }

    List<Metric> compiledMetrics() {
        return List.copyOf(shownNames.keySet());
    }

    void reset() {
        for (int i = 0; i < names.length; i++) {
            all.get(i).reset();
        }
    }

    /** The values of all metrics now, by name. */
    Map<String, Double> results() {
        var values = new LinkedHashMap<String, Double>();
        for (int i = 0; i < names.length; i++) {
            values.put(names[i], number(all.get(i).result()));
        }
        return values;
    }

    private static double number(Tensor result) {
        return result.size() == 1
                ? result.host().number(0)
                : result.cast(DType.FLOAT64).mean().doubleValue();
    }

    /** Targets and weights as leaves per output. */
    List<@Nullable Tensor> targets(@Nullable Tensors y) {
        return outputs.leaves("y", y);
    }

    List<@Nullable Tensor> weights(@Nullable Tensors weights) {
        return outputs.leaves("sample_weight", weights);
    }
}
