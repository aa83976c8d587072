package sungu.keras.layers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.ops.Nets;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;

/** {@code exp(x) / sum(exp(x))}; what a mask leaves out is zero. */
public final class Softmax extends Layer.Of<Softmax> {
    static final Setting<AxisSetting> AXIS = AxisSetting.setting();
    static final ObjectType<Softmax> TYPE = typed("Softmax", Softmax::new, AXIS);

    /** Over the last axis. */
    public Softmax() {
        supportsMasking(true);
    }

    @Override
    public ObjectType<Softmax> type() {
        return TYPE;
    }

    /** The axes over which outputs add up to 1. */
    public Softmax axis(int... axes) {
        return with(AXIS, AxisSetting.of(axes));
    }

    /** A number that is as good as minus infinity before an exponential. */
    static double masked(DType dtype) {
        return dtype == DType.FLOAT16 ? -3e4 : -1e9;
    }

    @Override
    protected List<String> parameters() {
        return List.of("inputs", "mask");
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        var mask = context.mask();
        if (mask == null) {
            return softmax(input);
        }
        checkMask(input.shape(), mask.shape());
        var used =
                mask.dtype() == DType.BOOL
                        ? mask
                        : Elements.greater(mask, Elements.weak(0.5, mask));
        var x = Elements.select(used, input, Elements.weak(masked(input.dtype()), input));
        var y = softmax(x);
        // Where everything is masked the softmax is even, not zero.
        return Elements.select(used, y, Elements.zerosLike(y));
    }

    private Tensor softmax(Tensor x) {
        var axes = get(AXIS).array();
        return axes.length == 1
                ? Nets.softmax(x, axes)
                : Elements.exp(x.minus(Reductions.logSumExp(x, true, axes)));
    }

    private static void checkMask(Shape input, Shape mask) {
        boolean fits = mask.rank() <= input.rank();
        for (int i = 1; fits && i <= mask.rank(); i++) {
            fits = mask.dim(-i) == 1 || mask.dim(-i) == input.dim(-i);
        }
        if (!fits) {
            throw new TensorException(
                    "the mask must be broadcastable to the input, got " + mask + " and " + input);
        }
    }
}
