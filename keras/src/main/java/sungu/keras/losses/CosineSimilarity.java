package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

/** Minus the cosine of the angle between targets and predictions: -1 is best. */
public final class CosineSimilarity extends Loss.Of<CosineSimilarity> {
    static final Setting<Integer> AXIS = Setting.integer("axis").defaults(-1);
    static final ObjectType<CosineSimilarity> TYPE =
            ObjectType.of(
                    "keras.losses",
                    "CosineSimilarity",
                    CosineSimilarity::new,
                    NAME,
                    REDUCTION,
                    AXIS);

    /** With Keras' defaults. */
    public CosineSimilarity() {
        set(NAME, "cosine_similarity");
    }

    /** The axis along which vectors lie. */
    public CosineSimilarity axis(int axis) {
        return with(AXIS, axis);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Losses.cosineSimilarity(pair.first(), pair.second(), get(AXIS));
    }
}
