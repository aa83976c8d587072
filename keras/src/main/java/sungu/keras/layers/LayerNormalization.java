package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.ops.Nets;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;
import java.util.Map;

/** Brings each row to mean 0 and variance 1 (Ba et al., "Layer Normalization", 2016). */
public final class LayerNormalization extends AffineNormalization<LayerNormalization> {
    static final Setting<AxisSetting> AXIS = AxisSetting.setting();

    /** Divides by the deviation without subtracting the mean; deprecated in Keras. */
    static final Setting<Boolean> RMS_SCALING = Setting.flag("rms_scaling").defaults(false);

    static final ObjectType<LayerNormalization> TYPE =
            typed("LayerNormalization", LayerNormalization::new, affine(AXIS, RMS_SCALING));

    /** Normalizes the last axis. */
    public LayerNormalization() {}

    @Override
    public ObjectType<LayerNormalization> type() {
        return TYPE;
    }

    /** The axes that are normalized together. */
    public LayerNormalization axis(int... axes) {
        return with(AXIS, AxisSetting.of(axes));
    }

    /** The normalized axes of an input, in order. */
    static int[] axes(AxisSetting setting, Shape input) {
        for (int axis : setting.list()) {
            if (axis >= input.rank() || axis < -input.rank()) {
                throw new TensorException(
                        "axis " + axis + " is out of bounds for an input of shape " + input);
            }
        }
        return setting.list().stream().mapToInt(input::axis).sorted().toArray();
    }

    /** The sizes of some axes of an input. */
    static Shape sizes(Shape input, int... axes) {
        return Shape.of(Arrays.stream(axes).map(input::dim).toArray());
    }

    /** The shape that broadcasts a weight of the size of some axes over an input. */
    static Shape broadcast(Shape input, int... axes) {
        var dims = new int[input.rank()];
        Arrays.fill(dims, 1);
        for (int axis : axes) {
            dims[axis] = input.dim(axis);
        }
        return Shape.of(dims);
    }

    @Override
    protected void build(Shape input) {
        boolean rms = get(RMS_SCALING);
        addWeights(sizes(input, axes(get(AXIS), input)), rms || get(SCALE), !rms && get(CENTER));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        var x = input.dtype() == DType.FLOAT64 ? input : input.cast(DType.FLOAT32);
        var axes = axes(get(AXIS), x.shape());
        var shape = broadcast(x.shape(), axes);
        if (get(RMS_SCALING)) {
            var variance = Reductions.variance(x, true, axes);
            return affine(x, Elements.rsqrt(variance.plus(get(EPSILON))), shape)
                    .cast(computeDtype());
        }
        var found = Nets.moments(x, true, axes);
        var factor = Elements.rsqrt(found.variance().plus(get(EPSILON)));
        return affine(x.minus(found.mean()), factor, shape).cast(computeDtype());
    }

    /** Files of a built layer have a list of axes. */
    @Override
    public Map<String, @Nullable Object> config() {
        var config = super.config();
        if (built()) {
            config.put("axis", get(AXIS).list().stream().sorted().toList());
        }
        return config;
    }
}
