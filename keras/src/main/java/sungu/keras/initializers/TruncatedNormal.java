package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Randoms;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

/** Normal numbers, drawn again where they are more than two deviations from the mean. */
public final class TruncatedNormal extends RandomInitializer<TruncatedNormal> {
    static final Setting<Double> MEAN = Setting.number("mean").defaults(0.0);
    static final Setting<Double> STDDEV = Setting.number("stddev").defaults(0.05);
    static final ObjectType<TruncatedNormal> TYPE =
            ObjectType.of(
                    "keras.initializers",
                    "TruncatedNormal",
                    TruncatedNormal::new,
                    SEED,
                    MEAN,
                    STDDEV);

    /** Keras' defaults. */
    public TruncatedNormal() {}

    /** Normal numbers, drawn again where they are more than two deviations from the mean. */
    public TruncatedNormal(double mean, double stddev) {
        set(MEAN, mean);
        set(STDDEV, stddev);
    }

    @Override
    public ObjectType<TruncatedNormal> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        return Randoms.statelessTruncatedNormal(shape, seedPair(), get(MEAN), get(STDDEV), dtype);
    }
}
