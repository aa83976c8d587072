package sungu.keras.losses;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.tensor.Tensor;

import java.util.Arrays;
import java.util.List;

/** 1 minus the overlap of segmentations. */
public final class Dice extends Loss.Of<Dice> {
    static final Setting<List<Integer>> AXIS = Setting.ints("axis").optional();
    static final ObjectType<Dice> TYPE =
            ObjectType.of("keras.losses", "Dice", Dice::new, NAME, REDUCTION, AXIS);

    /** With Keras' defaults. */
    public Dice() {
        set(NAME, "dice");
    }

    /** The axes to sum over; all unless set. */
    public Dice axis(int... axis) {
        return with(AXIS, Arrays.stream(axis).boxed().toList());
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        var pair = WeightedValues.sameRank(yTrue, yPred);
        return Crossentropies.dice(pair.first(), pair.second(), axes(find(AXIS)));
    }

    static int[] axes(@Nullable List<Integer> axes) {
        return axes == null ? new int[0] : axes.stream().mapToInt(Integer::intValue).toArray();
    }
}
