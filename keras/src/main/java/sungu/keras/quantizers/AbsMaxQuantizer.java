package sungu.keras.quantizers;

import sungu.keras.config.KerasConfig;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/** Scales by the largest absolute value, so that it becomes the largest level. */
public final class AbsMaxQuantizer extends Quantizer {
    static final Setting<List<Integer>> VALUE_RANGE =
            Setting.ints("value_range")
                    .check(range -> range.size() == 2, "two integers")
                    .defaults(List.of(-127, 127));
    static final Setting<Double> EPSILON = Setting.number("epsilon").defaults(KerasConfig::epsilon);
    static final Setting<String> OUTPUT_DTYPE = Setting.text("output_dtype").defaults("int8");
    static final Setting<List<Integer>> AXIS = Setting.ints("axis").optional().sparse();
    static final ObjectType<AbsMaxQuantizer> TYPE =
            ObjectType.of(
                    "keras.quantizers",
                    "AbsMaxQuantizer",
                    AbsMaxQuantizer::new,
                    VALUE_RANGE,
                    EPSILON,
                    OUTPUT_DTYPE,
                    AXIS);

    /** Levels -127 to 127 along the last axis. */
    public AbsMaxQuantizer() {}

    /** Levels {@code low} to {@code high} along the last axis. */
    public AbsMaxQuantizer(int low, int high) {
        set(VALUE_RANGE, List.of(low, high));
        configured();
    }

    /** The axes along which elements share a scale. */
    public AbsMaxQuantizer axis(int... axes) {
        set(AXIS, java.util.Arrays.stream(axes).boxed().toList());
        return this;
    }

    @Override
    public ObjectType<AbsMaxQuantizer> type() {
        return TYPE;
    }

    @Override
    protected void configured() {
        if (get(OUTPUT_DTYPE).equals("int8") && (low() < -128 || high() > 127)) {
            throw new TensorException(
                    "AbsMaxQuantizer: argument 'value_range' must be within -128 and 127 for int8,"
                            + " got "
                            + get(VALUE_RANGE));
        }
    }

    /** The smallest level. */
    public int low() {
        return get(VALUE_RANGE).getFirst();
    }

    /** The largest level. */
    public int high() {
        return get(VALUE_RANGE).getLast();
    }

    /** The dtype of the levels. */
    public DType outputDtype() {
        return DType.of(get(OUTPUT_DTYPE));
    }

    @Override
    public Quantized quantize(Tensor x) {
        var axes = find(AXIS);
        return axes == null
                ? quantize(x, -1)
                : quantize(x, axes.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public Quantized quantize(Tensor x, int... axes) {
        return AbsMax.quantize(x, low(), high(), outputDtype(), get(EPSILON), axes);
    }
}
