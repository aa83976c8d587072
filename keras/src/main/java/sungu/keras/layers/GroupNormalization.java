package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.ops.Nets;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;
import java.util.Map;

/**
 * Brings each group of channels of each row to mean 0 and variance 1 (Wu and He, "Group
 * Normalization", 2018).
 */
public final class GroupNormalization extends AffineNormalization<GroupNormalization> {
    static final Setting<Integer> GROUPS =
            Setting.integer("groups")
                    .check(n -> n > 0 || n == -1, "positive, or -1 for a group per channel")
                    .defaults(32);
    static final Setting<Integer> AXIS = Setting.integer("axis").defaults(-1);
    static final ObjectType<GroupNormalization> TYPE =
            typed("GroupNormalization", GroupNormalization::new, affine(GROUPS, AXIS));

    private int groups;

    /** 32 groups of the last axis. */
    public GroupNormalization() {}

    @Override
    public ObjectType<GroupNormalization> type() {
        return TYPE;
    }

    /** The number of groups; -1 for one per channel. */
    public GroupNormalization groups(int n) {
        return with(GROUPS, n);
    }

    /** The axis of the channels. */
    public GroupNormalization axis(int axis) {
        return with(AXIS, axis);
    }

    @Override
    protected void build(Shape input) {
        int channels = input.dim(get(AXIS));
        if (channels < 0) {
            throw new TensorException(
                    "axis " + get(AXIS) + " of the input must be known, got " + input);
        }
        groups = get(GROUPS) < 0 ? channels : get(GROUPS);
        if (channels % groups != 0 || channels < groups) {
            throw new TensorException(
                    "the number of channels ("
                            + channels
                            + ") must be a multiple of argument 'groups' ("
                            + groups
                            + ")");
        }
        inputSpec(InputSpec.rank(input.rank()).axis(get(AXIS), channels));
        addWeights(Shape.of(channels), get(SCALE), get(CENTER));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        int axis = input.shape().axis(get(AXIS));
        int size = input.shape().dim(axis) / groups;
        var x = Movements.reshape(wide(input), input.shape().with(axis, size).insert(axis, groups));
        var axes = new int[x.rank() - 2];
        for (int i = 1, k = 0; i < x.rank(); i++) {
            if (i != axis) {
                axes[k++] = i;
            }
        }
        var found = Nets.moments(x, true, axes);
        var dims = new int[x.rank()];
        Arrays.fill(dims, 1);
        dims[axis] = groups;
        dims[axis + 1] = size;
        var y =
                affine(
                        x.minus(found.mean()),
                        Elements.rsqrt(found.variance().plus(get(EPSILON))),
                        Shape.of(dims));
        return Movements.reshape(y, input.shape()).cast(input.dtype()).cast(computeDtype());
    }

    /** Files have the number of groups that is in effect. */
    @Override
    public Map<String, @Nullable Object> config() {
        var config = super.config();
        if (built()) {
            config.put("groups", groups);
        }
        return config;
    }

    private static Tensor wide(Tensor x) {
        return x.dtype() == DType.FLOAT64 ? x : x.cast(DType.FLOAT32);
    }
}
