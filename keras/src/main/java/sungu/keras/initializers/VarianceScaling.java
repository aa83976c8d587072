package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.List;

/**
 * Random numbers whose variance is {@code scale} over the number of inputs, of outputs, or the mean
 * of both.
 */
public final class VarianceScaling extends Scaled<VarianceScaling> {
    static final Setting<Double> SCALE = Setting.number("scale").positive().defaults(1.0);
    static final Setting<String> MODE =
            Setting.text("mode").oneOf(List.of("fan_in", "fan_out", "fan_avg")).defaults("fan_in");
    static final Setting<String> DISTRIBUTION =
            Setting.text("distribution")
                    .oneOf(List.of("uniform", "truncated_normal", "untruncated_normal", "normal"))
                    .defaults("truncated_normal");
    static final ObjectType<VarianceScaling> TYPE =
            ObjectType.of(
                    "keras.initializers",
                    "VarianceScaling",
                    VarianceScaling::new,
                    SEED,
                    SCALE,
                    MODE,
                    DISTRIBUTION,
                    INPUT_AXES,
                    OUTPUT_AXES);

    /** Keras' defaults. */
    public VarianceScaling() {}

    /**
     * Scaled random numbers.
     *
     * @param mode {@code fan_in}, {@code fan_out} or {@code fan_avg}
     * @param distribution {@code uniform}, {@code truncated_normal} or {@code untruncated_normal}
     */
    public VarianceScaling(double scale, String mode, String distribution) {
        set(SCALE, scale);
        set(MODE, mode);
        set(DISTRIBUTION, distribution);
    }

    @Override
    public ObjectType<VarianceScaling> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        return scaled(get(SCALE), get(MODE), get(DISTRIBUTION), shape, dtype);
    }
}
