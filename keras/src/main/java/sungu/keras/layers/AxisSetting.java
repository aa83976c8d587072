package sungu.keras.layers;

import sungu.keras.config.Codecs;
import sungu.keras.config.Setting;

import java.util.Arrays;
import java.util.List;

/**
 * One axis or several, as a setting.
 *
 * @param list the axes; negative ones count from the end
 * @param single whether configs have the axis alone, not in a list
 */
record AxisSetting(List<Integer> list, boolean single) {
    /** The last axis. */
    static final AxisSetting LAST = new AxisSetting(List.of(-1), true);

    static Setting<AxisSetting> setting() {
        return Setting.of(
                        "axis",
                        Codecs.<AxisSetting>of(
                                "an integer or a list of integers",
                                axes -> axes.single ? axes.list.getFirst() : axes.list,
                                tree ->
                                        new AxisSetting(
                                                Codecs.INTS.decode(tree), !(tree instanceof List))))
                .defaults(LAST);
    }

    static AxisSetting of(int... axes) {
        return new AxisSetting(Arrays.stream(axes).boxed().toList(), axes.length == 1);
    }

    int[] array() {
        return Windowed.array(list);
    }
}
