package sungu.keras.losses;

import sungu.keras.config.Codecs;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cross-entropy of one-hot labels in which easy samples count less. */
public final class CategoricalFocalCrossentropy extends Loss.Of<CategoricalFocalCrossentropy> {
    static final Setting<Boolean> FROM_LOGITS = Setting.flag("from_logits").defaults(false);
    static final Setting<Double> LABEL_SMOOTHING = Setting.number("label_smoothing").defaults(0.0);
    static final Setting<Integer> AXIS = Setting.integer("axis").defaults(-1);
    static final Setting<List<Double>> ALPHA =
            Setting.of(
                            "alpha",
                            Codecs.of(
                                    "a number or a list of them",
                                    list ->
                                            list.size() == 1
                                                    ? (Object) list.get(0)
                                                    : new ArrayList<Object>(list),
                                    tree ->
                                            tree instanceof List<?> list
                                                    ? list.stream()
                                                            .map(level ->
                                                                    Codecs.NUMBER.decode(
                                                                            level == null
                                                                                    ? Codecs.NULL
                                                                                    : level))
                                                            .toList()
                                                    : List.of(Codecs.NUMBER.decode(tree))))
                    .defaults(List.of(0.25));
    static final Setting<Double> GAMMA = Setting.number("gamma").defaults(2.0);
    static final ObjectType<CategoricalFocalCrossentropy> TYPE =
            ObjectType.of(
                    "keras.losses",
                    "CategoricalFocalCrossentropy",
                    CategoricalFocalCrossentropy::new,
                    NAME,
                    REDUCTION,
                    FROM_LOGITS,
                    LABEL_SMOOTHING,
                    AXIS,
                    ALPHA,
                    GAMMA);

    /** With Keras' defaults. */
    public CategoricalFocalCrossentropy() {
        set(NAME, "categorical_focal_crossentropy");
    }

    /** Whether predictions are logits, not probabilities. */
    public CategoricalFocalCrossentropy fromLogits(boolean fromLogits) {
        return with(FROM_LOGITS, fromLogits);
    }

    /** How far labels are moved towards uniform ones, from 0 to 1. */
    public CategoricalFocalCrossentropy labelSmoothing(double labelSmoothing) {
        return with(LABEL_SMOOTHING, labelSmoothing);
    }

    /** The axis of the classes. */
    public CategoricalFocalCrossentropy axis(int axis) {
        return with(AXIS, axis);
    }

    /** A weight of all classes, or one for each. */
    public CategoricalFocalCrossentropy alpha(double... alpha) {
        return with(ALPHA, Arrays.stream(alpha).boxed().toList());
    }

    /** How much less easy samples count. */
    public CategoricalFocalCrossentropy gamma(double gamma) {
        return with(GAMMA, gamma);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Crossentropies.categoricalFocalCrossentropy(
                pair.first(),
                pair.second(),
                alpha(),
                get(GAMMA),
                get(FROM_LOGITS),
                get(LABEL_SMOOTHING),
                get(AXIS));
    }

    private Tensor alpha() {
        var levels = get(ALPHA);
        return levels.size() == 1
                ? Tensor.of(levels.get(0).doubleValue())
                : Tensor.of(levels.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
