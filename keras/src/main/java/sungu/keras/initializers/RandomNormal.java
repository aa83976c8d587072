package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Randoms;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Normal numbers. */
public final class RandomNormal extends RandomInitializer<RandomNormal> {
    static final Setting<Double> MEAN = Setting.number("mean").defaults(0.0);
    static final Setting<Double> STDDEV = Setting.number("stddev").defaults(0.05);
    static final ObjectType<RandomNormal> TYPE =
            ObjectType.of(
                    "keras.initializers", "RandomNormal", RandomNormal::new, SEED, MEAN, STDDEV);

    /** Keras' defaults. */
    public RandomNormal() {}

    /** Normal numbers. */
    public RandomNormal(double mean, double stddev) {
        set(MEAN, mean);
        set(STDDEV, stddev);
    }

    @Override
    public ObjectType<RandomNormal> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        return Randoms.statelessNormal(shape, seedPair(), get(MEAN), get(STDDEV), dtype);
    }
}
