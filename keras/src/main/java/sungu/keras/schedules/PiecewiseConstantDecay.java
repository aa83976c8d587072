package sungu.keras.schedules;

import sungu.keras.config.Codec;
import sungu.keras.config.Codecs;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A learning rate that changes at given steps. */
public final class PiecewiseConstantDecay extends LearningRateSchedule {
    private static final Codec<List<Number>> NUMBERS =
            Codecs.of(
                    "a list of numbers",
                    ArrayList::new,
                    tree -> {
                        if (!(tree instanceof List<?> list)) {
                            throw Codecs.expected("a list of numbers", tree);
                        }
                        return list.stream()
                                .map(item ->
                                        item instanceof Number number
                                                ? number
                                                : Codecs.NUMBER.decode(
                                                        item == null ? Codecs.NULL : item))
                                .toList();
                    });

    static final Setting<List<Number>> BOUNDARIES = Setting.of("boundaries", NUMBERS);
    static final Setting<List<Number>> VALUES = Setting.of("values", NUMBERS);
    static final Setting<String> NAME =
            Setting.text("name").defaults("PiecewiseConstant").optional();
    static final ObjectType<PiecewiseConstantDecay> TYPE =
            ObjectType.of(
                    "keras.optimizers.schedules",
                    "PiecewiseConstantDecay",
                    PiecewiseConstantDecay::new,
                    BOUNDARIES,
                    VALUES,
                    NAME);

    /**
     * {@code values[i]} up to and including step {@code boundaries[i]}; the last value after the
     * last boundary.
     */
    public PiecewiseConstantDecay(List<? extends Number> boundaries, double... values) {
        set(BOUNDARIES, List.copyOf(boundaries));
        set(VALUES, Arrays.stream(values).<Number>mapToObj(Double::valueOf).toList());
        configured();
    }

    private PiecewiseConstantDecay() {}

    @Override
    protected void configured() {
        if (get(BOUNDARIES).size() != get(VALUES).size() - 1) {
            throw new TensorException(
                    "The length of boundaries should be 1 less than the length of values. Received:"
                            + " boundaries="
                            + get(BOUNDARIES)
                            + " of length "
                            + get(BOUNDARIES).size()
                            + ", and values="
                            + get(VALUES)
                            + " of length "
                            + get(VALUES).size()
                            + ".");
        }
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Tensor step) {
        var values = get(VALUES);
        var boundaries = get(BOUNDARIES);
        var rate = number(values.getLast().doubleValue());
        for (int i = boundaries.size() - 1; i >= 0; i--) {
            var bound = Tensor.of(boundaries.get(i).doubleValue()).cast(step.dtype());
            rate =
                    Elements.select(
                            Elements.lessEqual(step, bound),
                            number(values.get(i).doubleValue()),
                            rate);
        }
        return rate;
    }
}
