package sungu.keras.losses;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

import java.util.Arrays;
import java.util.List;

/** 1 minus the Tversky index: Dice with weights of false positives and negatives. */
public final class Tversky extends Loss.Of<Tversky> {
    static final Setting<Double> ALPHA = Setting.number("alpha").defaults(0.5);
    static final Setting<Double> BETA = Setting.number("beta").defaults(0.5);
    static final Setting<List<Integer>> AXIS = Setting.ints("axis").optional();
    static final ObjectType<Tversky> TYPE =
            ObjectType.of(
                    "keras.losses", "Tversky", Tversky::new, NAME, REDUCTION, ALPHA, BETA, AXIS);

    /** With Keras' defaults. */
    public Tversky() {
        set(NAME, "tversky");
    }

    /** The weight of false positives. */
    public Tversky alpha(double alpha) {
        return with(ALPHA, alpha);
    }

    /** The weight of false negatives. */
    public Tversky beta(double beta) {
        return with(BETA, beta);
    }

    /** The axes to sum over; all unless set. */
    public Tversky axis(int... axis) {
        return with(AXIS, Arrays.stream(axis).boxed().toList());
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Crossentropies.tversky(
                pair.first(), pair.second(), get(ALPHA), get(BETA), axes(find(AXIS)));
    }

    static int[] axes(@Nullable List<Integer> axes) {
        return axes == null ? new int[0] : axes.stream().mapToInt(Integer::intValue).toArray();
    }
}
