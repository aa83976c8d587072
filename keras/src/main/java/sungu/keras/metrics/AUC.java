package sungu.keras.metrics;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Codecs;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The area under the curve of two rates over all thresholds, by a sum of trapezoids or boxes. */
public final class AUC extends Metric.Of<AUC> {
    static final Setting<Integer> NUM_THRESHOLDS =
            Setting.integer("num_thresholds").defaults(200).check(n -> n > 1, "an integer > 1");
    static final Setting<String> CURVE =
            Setting.of(
                            "curve",
                            Codecs.of(
                                    "a curve",
                                    name -> name,
                                    tree ->
                                            Codecs.TEXT
                                                    .decode(tree)
                                                    .toUpperCase(java.util.Locale.ROOT)))
                    .defaults("ROC")
                    .oneOf(List.of("ROC", "PR", "PRGAIN"));
    static final Setting<String> SUMMATION_METHOD =
            Setting.of(
                            "summation_method",
                            Codecs.of(
                                    "a method",
                                    name -> name,
                                    tree ->
                                            Codecs.TEXT
                                                    .decode(tree)
                                                    .toLowerCase(java.util.Locale.ROOT)))
                    .defaults("interpolation")
                    .oneOf(List.of("interpolation", "majoring", "minoring"));
    static final Setting<Boolean> MULTI_LABEL = Setting.flag("multi_label").defaults(false);
    static final Setting<Integer> NUM_LABELS = Setting.integer("num_labels").optional();
    static final Setting<Object> LABEL_WEIGHTS =
            Setting.of("label_weights", Thresholded.LEVELS).optional();
    static final Setting<Boolean> FROM_LOGITS = Setting.flag("from_logits").defaults(false);
    static final Setting<Object> THRESHOLDS =
            Setting.of("thresholds", Thresholded.LEVELS).optional();
    static final ObjectType<AUC> TYPE =
            ObjectType.of(
                    "keras.metrics",
                    "AUC",
                    AUC::new,
                    NAME,
                    DTYPE,
                    NUM_THRESHOLDS,
                    CURVE,
                    SUMMATION_METHOD,
                    MULTI_LABEL,
                    NUM_LABELS,
                    LABEL_WEIGHTS,
                    FROM_LOGITS,
                    THRESHOLDS);

    private @Nullable Weight truePositives;
    private @Nullable Weight falsePositives;
    private @Nullable Weight trueNegatives;
    private @Nullable Weight falseNegatives;

    /** With Keras' defaults: 200 thresholds, the ROC curve, interpolated. */
    public AUC() {}

    /** The number of thresholds, spread evenly from 0 to 1. */
    public AUC numThresholds(int n) {
        return with(NUM_THRESHOLDS, n);
    }

    /** The curve: ROC, PR (precision and recall) or PRGAIN. */
    public AUC curve(String curve) {
        return with(CURVE, curve.toUpperCase(java.util.Locale.ROOT));
    }

    /** How the area is summed: interpolation, majoring or minoring. */
    public AUC summationMethod(String method) {
        return with(SUMMATION_METHOD, method.toLowerCase(java.util.Locale.ROOT));
    }

    /** Whether each label has a curve of its own and the mean of the areas is the result. */
    public AUC multiLabel(boolean on) {
        return with(MULTI_LABEL, on);
    }

    /** The number of labels. */
    public AUC numLabels(int n) {
        return with(NUM_LABELS, n);
    }

    /** What each label counts. */
    public AUC labelWeights(double... weights) {
        return with(LABEL_WEIGHTS, Arrays.stream(weights).boxed().toList());
    }

    /** Whether predictions are logits, not probabilities. */
    public AUC fromLogits(boolean on) {
        return with(FROM_LOGITS, on);
    }

    /** Thresholds between 0 and 1, which are added. */
    public AUC thresholds(double... levels) {
        return with(THRESHOLDS, Arrays.stream(levels).boxed().toList());
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    private double[] levels() {
        var given = find(THRESHOLDS);
        double margin = KerasConfig.epsilon();
        if (given == null) {
            return Confusions.even(get(NUM_THRESHOLDS), margin);
        }
        var inner =
                Thresholded.numbers(given).stream()
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
        var all = new double[inner.length + 2];
        System.arraycopy(inner, 0, all, 1, inner.length);
        all[0] = -margin;
        all[all.length - 1] = 1 + margin;
        return all;
    }

    @Override
    protected void createVariables() {
        if (!get(MULTI_LABEL)) {
            if (find(NUM_LABELS) != null) {
                throw new TensorException(
                        "`num_labels` is needed only when `multi_label` is True.");
            }
            addCounters(Confusions.shape(levels()));
        } else if (find(NUM_LABELS) != null) {
            addCounters(Shape.of(levels().length, get(NUM_LABELS)));
        }
    }

    private void addCounters(Shape shape) {
        truePositives = addVariable("true_positives", shape);
        falsePositives = addVariable("false_positives", shape);
        trueNegatives = addVariable("true_negatives", shape);
        falseNegatives = addVariable("false_negatives", shape);
    }

    private @Nullable Tensor labelWeights() {
        var weights = find(LABEL_WEIGHTS);
        return weights == null
                ? null
                : Tensor.of(
                                Thresholded.numbers(weights).stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray())
                        .cast(KerasConfig.floatx());
    }

    @Override
    public void update(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        build();
        boolean apart = get(MULTI_LABEL);
        var levels = levels();
        if (truePositives == null) {
            if (yPred.rank() != 2) {
                throw new TensorException(
                        "`y_pred` must have rank 2 when `multi_label=True`. Found rank "
                                + yPred.rank()
                                + ". Full shape received for `y_pred`: "
                                + yPred.shape());
            }
            addCounters(Shape.of(levels.length, yPred.shape().dim(1)));
        }
        var p = get(FROM_LOGITS) ? Elements.sigmoid(yPred) : yPred;
        var plain = levels.clone();
        plain[0] = 0;
        plain[plain.length - 1] = 1;
        new Confusions(truePositives, falsePositives, trueNegatives, falseNegatives)
                .count(
                        yTrue,
                        p,
                        sampleWeight,
                        levels,
                        find(THRESHOLDS) == null || Confusions.areEven(plain),
                        new Confusions.Options(null, null, apart, apart ? null : labelWeights()));
    }

    private static Tensor low(Tensor x) {
        return Movements.sliceAxis(x, 0, 0, x.shape().dim(0) - 1);
    }

    private static Tensor high(Tensor x) {
        return Movements.sliceAxis(x, 0, 1, x.shape().dim(0));
    }

    @Override
    public Tensor result() {
        build();
        if (truePositives == null) {
            throw new TensorException(
                    "AUC: no result before the first update when `multi_label` is True and"
                            + " `num_labels` is not set");
        }
        var tp = truePositives.value();
        var fp = Objects.requireNonNull(falsePositives).value();
        var tn = Objects.requireNonNull(trueNegatives).value();
        var fn = Objects.requireNonNull(falseNegatives).value();
        if (get(CURVE).equals("PR") && get(SUMMATION_METHOD).equals("interpolation")) {
            return total(interpolated(tp, fp, fn));
        }
        var recall = Elements.divideNoNan(tp, tp.plus(fn));
        Tensor x;
        Tensor y;
        switch (get(CURVE)) {
            case "ROC" -> {
                x = Elements.divideNoNan(fp, fp.plus(tn));
                y = recall;
            }
            case "PR" -> {
                x = recall;
                y = Elements.divideNoNan(tp, tp.plus(fp));
            }
            default -> {
                var one = Elements.onesLike(tp);
                var none = Elements.equal(tp, Elements.zerosLike(tp));
                var scale = Elements.divideNoNan(tp.plus(fn), tn.plus(fp));
                var gain =
                        Elements.select(
                                none,
                                Elements.zerosLike(tp),
                                one.minus(scale.times(Elements.divideNoNan(fn, tp))));
                x = Elements.maximum(gain, Elements.zerosLike(tp));
                y =
                        Elements.select(
                                none, one, one.minus(scale.times(Elements.divideNoNan(fp, tp))));
            }
        }
        var heights =
                switch (get(SUMMATION_METHOD)) {
                    case "interpolation" -> low(y).plus(high(y)).div(2.0);
                    case "minoring" -> Elements.minimum(low(y), high(y));
                    default -> Elements.maximum(low(y), high(y));
                };
        return total(low(x).minus(high(x)).times(heights));
    }

    /**
     * Precision between thresholds follows from counts interpolated linearly (Davis and Goadrich
     * 2006), not from precisions.
     */
    private static Tensor interpolated(Tensor tp, Tensor fp, Tensor fn) {
        var dtp = low(tp).minus(high(tp));
        var positives = tp.plus(fp);
        var before = low(positives);
        var after = high(positives);
        var zero = Elements.zerosLike(after);
        var slope = Elements.divideNoNan(dtp, Elements.maximum(before.minus(after), zero));
        var intercept = high(tp).minus(slope.times(after));
        var ratio =
                Elements.select(
                        Elements.and(before.greater(0), after.greater(0)),
                        Elements.divideNoNan(before, Elements.maximum(after, zero)),
                        Elements.onesLike(after));
        return Elements.divideNoNan(
                slope.times(dtp.plus(intercept.times(ratio.log()))),
                Elements.maximum(high(tp).plus(high(fn)), zero));
    }

    private Tensor total(Tensor parts) {
        if (!get(MULTI_LABEL)) {
            return parts.sum();
        }
        var byLabel = parts.sum(0);
        var weights = labelWeights();
        return weights == null
                ? byLabel.mean()
                : Elements.divideNoNan(byLabel.times(weights).sum(), weights.sum());
    }

    @Override
    public Map<String, @Nullable Object> config() {
        var config = super.config();
        config.put("num_thresholds", levels().length);
        var given = config.remove("thresholds");
        if (given != null) {
            config.put("thresholds", given);
        }
        return config;
    }
}
