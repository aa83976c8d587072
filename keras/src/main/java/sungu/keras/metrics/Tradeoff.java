package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

import java.util.Objects;

/** The best of one rate over all thresholds at which another rate is at least a value. */
abstract class Tradeoff<S extends Tradeoff<S>> extends Metric.Of<S> {
    static final Setting<Integer> CLASS_ID = Setting.integer("class_id").optional();
    static final Setting<Integer> NUM_THRESHOLDS =
            Setting.integer("num_thresholds").defaults(200).positive();

    private @Nullable Weight truePositives;
    private @Nullable Weight falsePositives;
    private @Nullable Weight trueNegatives;
    private @Nullable Weight falseNegatives;

    /** The setting of the value that the constrained rate has to reach, from 0 to 1. */
    static Setting<Double> level(String name) {
        return Setting.number(name).check(value -> value >= 0 && value <= 1, "in the range [0, 1]");
    }

    private double[] thresholds() {
        int n = get(NUM_THRESHOLDS);
        return n == 1 ? new double[] {0.5} : Confusions.even(n, 0);
    }

    @Override
    protected void createVariables() {
        var shape = Confusions.shape(thresholds());
        truePositives = addVariable("true_positives", shape);
        falsePositives = addVariable("false_positives", shape);
        trueNegatives = addVariable("true_negatives", shape);
        falseNegatives = addVariable("false_negatives", shape);
    }

    @Override
    public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        build();
        var thresholds = thresholds();
        new Confusions(truePositives, falsePositives, trueNegatives, falseNegatives)
                .count(
                        yTrue,
                        yPred,
                        sampleWeight,
                        thresholds,
                        thresholds.length > 1,
                        new Confusions.Options(null, find(CLASS_ID), false, null));
    }

    private static Tensor share(@Nullable Weight part, @Nullable Weight rest) {
        var counted = Objects.requireNonNull(part).value();
        return Elements.divideNoNan(counted, counted.plus(Objects.requireNonNull(rest)));
    }

    /** The share of positives that are found: recall, or sensitivity. */
    final Tensor sensitivity() {
        return share(truePositives, falseNegatives);
    }

    /** The share of negatives that are found. */
    final Tensor specificity() {
        return share(trueNegatives, falsePositives);
    }

    /** The share of positive predictions that are right. */
    final Tensor precision() {
        return share(truePositives, falsePositives);
    }

    /**
     * The largest {@code dependent} where {@code constrained} reaches a level; 0 where it never
     * does.
     */
    static Tensor best(Tensor constrained, Tensor dependent, double level) {
        var feasible = Elements.greaterEqual(constrained, Elements.weak(level, constrained));
        var best = Elements.select(feasible, dependent, Elements.zerosLike(dependent)).max();
        return Elements.maximum(best, Elements.weak(0.0, best));
    }

    /** The number of thresholds, spread evenly from 0 to 1. */
    public S numThresholds(int n) {
        return with(NUM_THRESHOLDS, n);
    }

    /** Only this class is looked at. */
    public S classId(int id) {
        return with(CLASS_ID, id);
    }
}
