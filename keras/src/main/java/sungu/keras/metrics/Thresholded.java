package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Codec;
import sungu.keras.config.Codecs;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;

import java.util.List;
import java.util.Objects;

/** What precision and recall share: thresholds, the top k, one class, and two counters. */
abstract class Thresholded<S extends Thresholded<S>> extends Metric.Of<S> {
    /** One number or a list of them, kept as it was given. */
    static final Codec<Object> LEVELS =
            Codecs.of(
                    "a number from 0 to 1 or a list of them",
                    value -> value,
                    tree ->
                            tree instanceof List<?> list
                                    ? (Object)
                                            list.stream()
                                                    .map(level ->
                                                            Codecs.NUMBER.decode(
                                                                    level == null
                                                                            ? Codecs.NULL
                                                                            : level))
                                                    .toList()
                                    : Codecs.NUMBER.decode(tree));

    static final Setting<Object> THRESHOLDS =
            Setting.of("thresholds", LEVELS)
                    .optional()
                    .check(
                            levels ->
                                    numbers(levels).stream()
                                            .allMatch(level -> level >= 0 && level <= 1),
                            "in [0, 1]");
    static final Setting<Integer> TOP_K = Setting.integer("top_k").optional();
    static final Setting<Integer> CLASS_ID = Setting.integer("class_id").optional();

    /** The thresholds as a list. */
    static List<Double> numbers(Object levels) {
        return levels instanceof List<?> list
                ? list.stream().map(level -> ((Number) level).doubleValue()).toList()
                : List.of(((Number) levels).doubleValue());
    }

    private @Nullable Weight hits;
    private @Nullable Weight errors;

    /** The counter of errors, which decides what is counted. */
    abstract String errorName();

    @Override
    protected void createVariables() {
        var shape = Confusions.shape(levels());
        hits = addVariable("true_positives", shape);
        errors = addVariable(errorName(), shape);
    }

    private double[] levels() {
        return Confusions.thresholds(find(THRESHOLDS), find(TOP_K));
    }

    @Override
    public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        build();
        boolean positives = errorName().equals("false_positives");
        var levels = levels();
        new Confusions(hits, positives ? errors : null, null, positives ? null : errors)
                .count(
                        yTrue,
                        yPred,
                        sampleWeight,
                        levels,
                        Confusions.areEven(levels),
                        new Confusions.Options(find(TOP_K), find(CLASS_ID), false, null));
    }

    @Override
    public Tensor result() {
        build();
        var h = Objects.requireNonNull(hits).value();
        var ratio = Elements.divideNoNan(h, h.plus(Objects.requireNonNull(errors)));
        return ratio.size() == 1 ? ratio.get(0) : ratio;
    }

    /**
     * From which prediction on a sample counts as positive: one number, or several for a result
     * each; 0.5 unless set.
     */
    public S thresholds(double... levels) {
        return with(
                THRESHOLDS,
                levels.length == 1
                        ? (Object) levels[0]
                        : java.util.Arrays.stream(levels).boxed().toList());
    }

    /** Only the k largest predictions of a sample count as positive. */
    public S topK(int k) {
        return with(TOP_K, k);
    }

    /** Only this class is looked at. */
    public S classId(int id) {
        return with(CLASS_ID, id);
    }
}
