package sungu.keras.constraints;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Codec;
import sungu.keras.config.Codecs;
import sungu.keras.config.Setting;
import sungu.ops.Reductions;
import sungu.tensor.Tensor;

import java.util.List;

/** Constraints on the length of vectors along some axes. */
abstract class NormConstraint extends Constraint {
    private static final Codec<List<Integer>> AXES =
            Codecs.of(
                    "an axis or a list of axes",
                    axes -> axes.size() == 1 ? (Object) axes.getFirst() : axes,
                    Codecs.INTS::decode);
    static final Setting<List<Integer>> AXIS = Setting.of("axis", AXES).defaults(List.of(0));

    /** The lengths, with the axes kept. */
    final Tensor lengths(Tensor value) {
        @Nullable List<Integer> axes = find(AXIS);
        return Reductions.sum(
                        value.square(),
                        true,
                        axes == null
                                ? new int[0]
                                : axes.stream().mapToInt(Integer::intValue).toArray())
                .sqrt();
    }
}
