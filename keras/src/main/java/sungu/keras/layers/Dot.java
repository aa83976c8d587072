package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.config.Codecs;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.ops.Operations;
import sungu.ops.Contractions;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.List;
import java.util.Objects;

/** The products of two tensors over one axis of each, row by row. */
public final class Dot extends Merge<Dot> {
    static final Setting<AxisSetting> AXES =
            Setting.of(
                            "axes",
                            Codecs.<AxisSetting>of(
                                    "an integer or a list of 2 integers",
                                    axes -> axes.single() ? axes.list().getFirst() : axes.list(),
                                    tree ->
                                            new AxisSetting(
                                                    Codecs.INTS.decode(tree),
                                                    !(tree instanceof List))))
                    .check(
                            axes -> axes.single() || axes.list().size() == 2,
                            "an integer or a list of 2 integers");
    static final Setting<Boolean> NORMALIZE = Setting.flag("normalize").defaults(false);
    static final ObjectType<Dot> TYPE = typed("Dot", Dot::new, AXES, NORMALIZE);

    private Dot() {}

    /** Over that axis of both tensors, or over one of each. */
    public Dot(int... axes) {
        set(AXES, AxisSetting.of(axes));
    }

    @Override
    public ObjectType<Dot> type() {
        return TYPE;
    }

    /** Whether rows are brought to length 1 first, which gives the cosine between them. */
    public Dot normalize(boolean on) {
        return with(NORMALIZE, on);
    }

    private int axis(int input, Shape shape) {
        var axes = get(AXES).list();
        return shape.axis(axes.get(axes.size() == 1 ? 0 : input));
    }

    @Override
    protected void build(List<Shape> inputs) {
        if (inputs.size() != 2) {
            throw new TensorException("takes a list of 2 inputs, got " + inputs.size());
        }
        var x = inputs.get(0);
        var y = inputs.get(1);
        int left = x.dim(axis(0, x));
        int right = y.dim(axis(1, y));
        if (left != right && left >= 0 && right >= 0) {
            throw new TensorException(
                    "axes " + get(AXES).list() + " of inputs " + inputs + " differ in size");
        }
    }

    @Override
    boolean alignsRanks() {
        return false;
    }

    @Override
    Tensor merge(List<Tensor> inputs) {
        var x = inputs.get(0);
        var y = inputs.get(1);
        int left = axis(0, x.shape());
        int right = axis(1, y.shape());
        if (get(NORMALIZE)) {
            x = normalized(x, left);
            y = normalized(y, right);
        }
        var product = Contractions.batchDot(x, y, left, right);
        return product.rank() == 1 ? Movements.expandDims(product, 1) : product;
    }

    private static Tensor normalized(Tensor x, int axis) {
        return (Tensor)
                Objects.requireNonNull(
                        Operations.require("keras.utils.normalize").call(x, (long) axis));
    }

    @Override
    protected @Nullable Tensor computeMask(Arguments arguments, Tensor output) {
        return null;
    }
}
