package sungu.keras.losses;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

/** The circle loss of embeddings with class labels. */
public final class Circle extends Loss.Of<Circle> {
    static final Setting<Double> GAMMA = Setting.number("gamma").defaults(80.0);
    static final Setting<Double> MARGIN = Setting.number("margin").defaults(0.4);
    static final Setting<Boolean> REMOVE_DIAGONAL = Setting.flag("remove_diagonal").defaults(true);
    static final ObjectType<Circle> TYPE =
            ObjectType.of(
                    "keras.losses",
                    "Circle",
                    Circle::new,
                    NAME,
                    REDUCTION,
                    GAMMA,
                    MARGIN,
                    REMOVE_DIAGONAL);

    /** With Keras' defaults. */
    public Circle() {
        set(NAME, "circle");
    }

    /** The scale. */
    public Circle gamma(double gamma) {
        return with(GAMMA, gamma);
    }

    /** How far similarities are to be from 0 and 1. */
    public Circle margin(double margin) {
        return with(MARGIN, margin);
    }

    /** Whether a sample is no pair with itself. */
    public Circle removeDiagonal(boolean removeDiagonal) {
        return with(REMOVE_DIAGONAL, removeDiagonal);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Crossentropies.circle(
                pair.first(), pair.second(), get(REMOVE_DIAGONAL), get(GAMMA), get(MARGIN));
    }
}
