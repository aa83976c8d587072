package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.regularizers.Regularizer;
import sungu.ops.Nets;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.util.Arrays;
import java.util.List;

/**
 * {@code x} where it is positive, else {@code alpha * x} with an alpha that is learnt for each
 * element.
 */
public final class PReLU extends Layer.Of<PReLU> {
    static final WeightSetting ALPHA = WeightSetting.of("alpha", "zeros");
    static final Setting<List<Integer>> SHARED_AXES = Setting.ints("shared_axes").optional();
    static final ObjectType<PReLU> TYPE =
            typed(
                    "PReLU",
                    PReLU::new,
                    ALPHA.initializer(),
                    ALPHA.regularizer(),
                    ALPHA.constraint(),
                    SHARED_AXES);

    private @Nullable Weight alpha;

    /** With alphas that begin as zeros. */
    public PReLU() {
        supportsMasking(true);
    }

    @Override
    public ObjectType<PReLU> type() {
        return TYPE;
    }

    /** How the alphas begin. */
    public PReLU alphaInitializer(Initializer chosen) {
        return with(ALPHA.initializer(), chosen);
    }

    /** The penalty on the alphas. */
    public PReLU alphaRegularizer(Regularizer chosen) {
        return with(ALPHA.regularizer(), chosen);
    }

    /** The limits of the alphas. */
    public PReLU alphaConstraint(Constraint chosen) {
        return with(ALPHA.constraint(), chosen);
    }

    /** The axes along which all elements have the same alpha. */
    public PReLU sharedAxes(int... axes) {
        return with(SHARED_AXES, Arrays.stream(axes).boxed().toList());
    }

    @Override
    protected void build(Shape input) {
        var row = input.slice(1, input.rank());
        @Nullable List<Integer> shared = find(SHARED_AXES);
        var spec = InputSpec.rank(input.rank());
        for (int i = 0; i < row.rank(); i++) {
            if (shared != null && shared.contains(i + 1)) {
                row = row.with(i, 1);
            } else if (shared != null && !shared.isEmpty()) {
                spec = spec.axis(i + 1, row.dim(i));
            }
        }
        alpha = addWeight("alpha", row, ALPHA);
        inputSpec(spec);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Nets.relu(input).minus(built(alpha).value().times(Nets.relu(input.unaryMinus())));
    }
}
