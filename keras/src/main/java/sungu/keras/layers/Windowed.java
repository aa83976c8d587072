package sungu.keras.layers;

import sungu.keras.config.Codec;
import sungu.keras.config.Codecs;
import sungu.keras.config.Setting;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Sizes of windows: one number per spatial dimension, where a single number stands for all of them.
 */
final class Windowed {
    private Windowed() {}

    /** A setting of {@code count} positive numbers. */
    static Setting<List<Integer>> sizes(String name, int count) {
        return anySizes(name, count).positive();
    }

    /** A setting of {@code count} numbers. */
    static Setting<List<Integer>> anySizes(String name, int count) {
        Codec<List<Integer>> codec =
                Codecs.of(
                        "an integer or a list of " + count + " integers",
                        list -> list,
                        tree -> {
                            var given = Codecs.INTS.decode(tree);
                            return given.size() == 1 && !(tree instanceof List)
                                    ? Collections.nCopies(count, given.getFirst())
                                    : given;
                        });
        return Setting.of(name, codec)
                .check(
                        list -> list.size() == count,
                        "an integer or a list of " + count + " integers");
    }

    /** What a user gave for such a setting. */
    static List<Integer> sizes(int count, int... given) {
        return given.length == 1
                ? Collections.nCopies(count, given[0])
                : Arrays.stream(given).boxed().toList();
    }

    static int[] array(List<Integer> sizes) {
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }
}
