package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;
import java.util.Objects;

/** (1 + b^2) precision recall / (b^2 precision + recall). */
abstract class FScore<S extends FScore<S>> extends Metric.Of<S> {
    static final Setting<String> AVERAGE =
            Setting.text("average").optional().oneOf(List.of("micro", "macro", "weighted"));
    static final Setting<Double> THRESHOLD =
            Setting.number("threshold")
                    .optional()
                    .check(value -> value > 0 && value <= 1, "0 < threshold <= 1");

    private @Nullable Weight hits;
    private @Nullable Weight falsePositives;
    private @Nullable Weight falseNegatives;
    private @Nullable Weight sizes;

    /** The b of the formula. */
    abstract double weight();

    /** How the scores of classes become one: micro, macro or weighted. */
    public S average(String average) {
        return with(AVERAGE, average);
    }

    /** Above which a prediction counts as positive, from 0 to 1. */
    public S threshold(double threshold) {
        return with(THRESHOLD, threshold);
    }

    private boolean isMicro() {
        return "micro".equals(find(AVERAGE));
    }

    private void addCounters(Tensor t, Tensor p) {
        if (t.rank() != 2 || p.rank() != 2) {
            throw new TensorException(
                    "FBetaScore expects 2D inputs with shape (batch_size, output_dim). Received"
                            + " input shapes: y_pred.shape="
                            + p.shape()
                            + " and y_true.shape="
                            + t.shape()
                            + ".");
        }
        var shape = isMicro() ? Shape.SCALAR : Shape.of(p.shape().dim(1));
        hits = addVariable("true_positives", shape, dtype());
        falsePositives = addVariable("false_positives", shape, dtype());
        falseNegatives = addVariable("false_negatives", shape, dtype());
        sizes = addVariable("intermediate_weights", shape, dtype());
    }

    @Override
    public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        build();
        var t = yTrue.cast(dtype());
        var p = yPred.cast(dtype());
        if (hits == null) {
            addCounters(t, p);
        }
        var threshold = find(THRESHOLD);
        Tensor positive;
        if (threshold == null) {
            positive =
                    Elements.and(
                            Elements.greaterEqual(p, Reductions.max(p, true, -1)),
                            p.abs().greater(1e-9));
        } else {
            positive = p.greater(threshold);
        }
        var chosen = positive.cast(dtype());
        var one = Elements.onesLike(chosen);
        var w = sampleWeight == null ? null : Movements.expandDims(sampleWeight.cast(dtype()), 1);
        Objects.requireNonNull(hits).assignAdd(sum(chosen.times(t), w));
        Objects.requireNonNull(falsePositives)
                .assignAdd(sum(chosen.times(Elements.onesLike(t).minus(t)), w));
        Objects.requireNonNull(falseNegatives).assignAdd(sum(one.minus(chosen).times(t), w));
        Objects.requireNonNull(sizes).assignAdd(sum(t, w));
    }

    private Tensor sum(Tensor x, @Nullable Tensor w) {
        var weighted = w == null ? x : x.times(w);
        return isMicro() ? weighted.sum() : weighted.sum(0);
    }

    @Override
    public Tensor result() {
        if (hits == null) {
            throw new TensorException(name() + ": no result before the first update");
        }
        double epsilon = KerasConfig.epsilon();
        double squared = weight() * weight();
        var precision =
                hits.value()
                        .div(
                                hits.value()
                                        .plus(Objects.requireNonNull(falsePositives))
                                        .plus(epsilon));
        var recall =
                hits.value()
                        .div(
                                hits.value()
                                        .plus(Objects.requireNonNull(falseNegatives))
                                        .plus(epsilon));
        var score =
                precision
                        .times(recall)
                        .div(precision.times(squared).plus(recall).plus(epsilon))
                        .times(1 + squared);
        var average = find(AVERAGE);
        if ("weighted".equals(average)) {
            var counts = Objects.requireNonNull(sizes).value();
            return score.times(counts.div(counts.sum().plus(epsilon))).sum();
        }
        return average == null ? score : score.mean();
    }
}
