package sungu.keras.metrics;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.losses.Losses;
import sungu.tensor.Tensor;

/** The mean cosine of the angle between targets and predictions: 1 is best. */
public final class CosineSimilarity extends MeanOfFunction<CosineSimilarity> {
    static final Setting<Integer> AXIS = Setting.integer("axis").defaults(-1);
    static final ObjectType<CosineSimilarity> TYPE =
            ObjectType.of("keras.metrics", "CosineSimilarity", CosineSimilarity::new, NAME, DTYPE);

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
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.cosineSimilarity(yTrue, yPred, get(AXIS)).unaryMinus();
    }
}
