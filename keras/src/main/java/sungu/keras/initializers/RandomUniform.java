package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Randoms;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Uniform numbers from minval to maxval. */
public final class RandomUniform extends RandomInitializer<RandomUniform> {
    static final Setting<Double> MINVAL = Setting.number("minval").defaults(-0.05);
    static final Setting<Double> MAXVAL = Setting.number("maxval").defaults(0.05);
    static final ObjectType<RandomUniform> TYPE =
            ObjectType.of(
                    "keras.initializers",
                    "RandomUniform",
                    RandomUniform::new,
                    SEED,
                    MINVAL,
                    MAXVAL);

    /** Keras' defaults. */
    public RandomUniform() {}

    /** Uniform numbers from minval to maxval. */
    public RandomUniform(double minval, double maxval) {
        set(MINVAL, minval);
        set(MAXVAL, maxval);
    }

    @Override
    public ObjectType<RandomUniform> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        return Randoms.statelessUniform(shape, seedPair(), get(MINVAL), get(MAXVAL), dtype);
    }
}
